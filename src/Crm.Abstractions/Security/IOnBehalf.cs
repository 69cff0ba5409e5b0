namespace Crm.Abstractions.Security;

/// <summary>Does something as a user who is not the one signed in: for doors that know somebody by a secret of his own, such as a calendar's address.</summary>
public interface IOnBehalf
{
    /// <summary>Runs work in a scope of its own with the user's rights as of now; a user who may not sign in has none.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="userId">The user.</param>
    /// <param name="work">The work; takes the scope's services.</param>
    /// <param name="ct">Ends it.</param>
    Task<T> RunAsync<T>(Guid userId, Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken ct);
}
