using Crm.Kernel.SignIn;

namespace Crm.Kernel.Tests.SignIn;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("short")]
    [InlineData("1234567890")]
    [InlineData("0987654321")]
    [InlineData("abcdefghijkl")]
    [InlineData("qwertyuiop")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("password12")]
    [InlineData("P@ssw0rd2026")]
    [InlineData("anna.smith2026")]
    [InlineData("Acme1234567")]
    public void What_is_guessed_first_is_refused(string password) =>
        Assert.NotNull(PasswordRules.Wrong(password, "anna.smith@example.org", "Anna Smith", "Acme"));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("many wet umbrellas")]
    [InlineData("zv9!kq2#Lm")]
    [InlineData("тёплый летний дождь")]
    [InlineData("58201 ab 9371 xkw")]
    public void Anything_else_of_ten_characters_will_do(string password) =>
        Assert.Null(PasswordRules.Wrong(password, "anna.smith@example.org", "Anna Smith", "Acme"));
}
