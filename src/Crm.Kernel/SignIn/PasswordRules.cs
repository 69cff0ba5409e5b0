using System.Text;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Identity;

namespace Crm.Kernel.SignIn;

/// <summary>What a password must be: long, and nothing that is guessed first. No rules of composition, which only make people write them down.</summary>
internal sealed class PasswordRules(SiteSettings site) : IPasswordValidator<User>
{
    public const int Shortest = 10;
    public const int Longest = 200;

    // Rows of keys, forth and back: what fingers type without thinking.
    private static readonly string[] _rows =
        ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1qaz2wsx3edc4rfv5tgb"];

    private static readonly string[] _firstGuesses =
        ["password", "passwort", "passwd", "letmein", "welcome", "admin", "administrator", "login", "secret", "changeme", "iloveyou", "qwerty", "parole", "slaptazodis", "losenord", "mima"];

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var wrong = Wrong(password ?? "", user.Email, user.Name, site.Now.Name);
        return Task.FromResult(wrong is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = "Password", Description = wrong }));
    }

    public string? Wrong(string password, string email, string name) => Wrong(password, email, name, site.Now.Name);

    /// <summary>Says what is wrong, or null.</summary>
    public static string? Wrong(string password, params ReadOnlySpan<string> about)
    {
        if (password.Length < Shortest)
            return "Use at least 10 characters: a few words make a good password.";
        if (password.Length > Longest)
            return "Use at most 200 characters.";
        // Digits stand for letters, or just hang on.
        var (read, bare) = (Plain(password), Plain(new string(password.Where(c => !char.IsAsciiDigit(c)).ToArray())));
        if (password.Distinct().Count() < 5 || IsRow(password) || (read.Length >= 8 && IsRow(read)))
            return "This password is too easy to guess: use a few words that don't belong together.";
        return IsLittleMore(read, about) || IsLittleMore(bare, about)
            ? "This password is too easy to guess: it is little more than a common word or your name."
            : null;
    }

    private static bool IsLittleMore(string letters, ReadOnlySpan<string> about)
    {
        var rest = letters;
        foreach (var word in _firstGuesses)
            rest = rest.Replace(word, "", StringComparison.Ordinal);
        foreach (var one in about)
        {
            foreach (var word in one.Split(['@', '.', ' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Select(Plain).Where(w => w.Length > 2))
                rest = rest.Replace(word, "", StringComparison.Ordinal);
        }

        return rest.Length < 4 && letters.Length - rest.Length > 2;
    }

    // Small letters only, the usual signs for letters undone.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            var letter = c switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c };
            if (char.IsLetter(letter))
                plain.Append(letter);
        }

        return plain.ToString();
    }

    private static bool IsRow(string text)
    {
        var lower = text.ToLowerInvariant();
        var run = 1;
        for (var i = 1; i < lower.Length; i++)
        {
            var pair = lower.AsSpan(i - 1, 2);
            var isNext = lower[i] == lower[i - 1];
            foreach (var row in _rows)
                isNext |= row.AsSpan().Contains(pair, StringComparison.Ordinal) || row.AsSpan().Contains([pair[1], pair[0]], StringComparison.Ordinal);
            run += isNext ? 1 : 0;
        }

        return lower.Length > 0 && run >= lower.Length * 8 / 10.0;
    }
}
