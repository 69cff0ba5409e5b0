namespace Crm.Mail;

/// <summary>Something given to this library cannot be mail: an address that is none, a header with a line break, a message over the size allowed. The only exception that content can cause.</summary>
/// <param name="message">What is wrong, in English.</param>
public sealed class MailFormatException(string message) : FormatException(message);
