namespace Crm.Kernel.SignIn;

/// <summary>Names the texts of signing in, set-up and profile for the localiser; the English text is the key.</summary>
internal sealed class SignInText;
