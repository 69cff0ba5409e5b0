using Microsoft.AspNetCore.Http;

namespace Crm.Abstractions.Pages;

/// <summary>Keeps the API's promise about <c>Idempotency-Key</c> for endpoints that modules map themselves: what came with a key is made once, however often it is sent.</summary>
public interface IMakeOnce
{
    /// <summary>Makes a record and answers 201; where the request came before, gives the answer of then again.</summary>
    /// <param name="request">The request.</param>
    /// <param name="said">What makes it the same request beside its method and address: the body, or what stands for it.</param>
    /// <param name="make">Makes the record in the unit in which the key is kept; may run more than once.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The answer; without a key, simply what was made.</returns>
    Task<IResult> RunAsync(HttpRequest request, ReadOnlyMemory<byte> said, Func<CancellationToken, Task<MadeRecord>> make, CancellationToken ct);
}

/// <summary>A record that was made.</summary>
/// <param name="Url">Where it is read.</param>
/// <param name="Body">What is said of it, to be written as JSON.</param>
public sealed record MadeRecord(string Url, object Body);
