using System.Text;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.WordLists;

/// <summary>A word as an administrator wants it; without a value it is a new one.</summary>
internal sealed record ChoiceInput(string? Value, string Label, string? Icon, bool IsRetired);

/// <summary>Saves a list of words. A word that records may have is retired, never removed; the order is that in which they come.</summary>
internal sealed class SaveChoices(KernelDb db, ChoiceLists lists, NodeSignal nodes, Actor actor, TimeProvider clock)
{
    private const int Most = 200;
    private const int MostLetters = 60;

    /// <exception cref="RuleViolation">A word is empty, too long or there twice.</exception>
    public async Task RunAsync(ChoiceList list, IReadOnlyList<ChoiceInput> words, CancellationToken ct)
    {
        var now = lists.Of(list.Name);
        Check(now, words);
        actor.What = $"Changed the list {list.Label}";
        await db.WriteAsync(inner => StageAsync(list, now, words, inner), ct);
        await lists.ReloadAsync(ct);
        await nodes.TellAsync(ct);
    }

    private static void Check(IReadOnlyList<FieldOption> now, IReadOnlyList<ChoiceInput> words)
    {
        if (words.Count > Most)
            throw new RuleViolation("", "A list has room for {0} words.", Most);
        if (words.Any(w => string.IsNullOrWhiteSpace(w.Label) || w.Label.Trim().Length > MostLetters || w.Label.Any(char.IsControl)))
            throw new RuleViolation("", "Give each word a text of up to {0} letters.", MostLetters);
        if (words.Select(w => w.Label.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() < words.Count)
            throw new RuleViolation("", "Two words are the same: give each its own.");
        if (words.Any(w => w.Value is not null && !now.Any(o => o.Value == w.Value)) || now.Any(o => words.Count(w => w.Value == o.Value) != 1))
            throw new RuleViolation("", "Somebody else changed this list: read it anew.");
        if (words.All(w => w.IsRetired))
            throw new RuleViolation("", "Keep at least one word that can be chosen.");
        if (words.Any(w => w.Icon is { Length: > 0 } icon && (icon.Length > 40 || icon.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))))
            throw new RuleViolation("", "An icon is a name of small letters, such as phone or map-pin.");
    }

    private async Task StageAsync(ChoiceList list, IReadOnlyList<FieldOption> now, IReadOnlyList<ChoiceInput> words, CancellationToken ct)
    {
        var rows = await db.Set<Choice>().Where(c => c.List == list.Name).ToDictionaryAsync(c => c.Value, StringComparer.Ordinal, ct);
        var taken = now.Select(o => o.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var rank = 0; rank < words.Count; rank++)
        {
            var word = words[rank];
            var value = word.Value ?? Named(word.Label, taken);
            if (!rows.TryGetValue(value, out var row))
                db.Add(row = new Choice { List = list.Name, Value = value, Colour = now.FirstOrDefault(o => o.Value == value)?.Colour });
            (row.Label, row.Icon, row.Rank) = (word.Label.Trim(), string.IsNullOrWhiteSpace(word.Icon) ? null : word.Icon, rank);
            row.RetiredAt = word.IsRetired ? row.RetiredAt ?? clock.GetUtcNow() : null;
        }
    }

    // What records and scripts have stays when the word is written otherwise.
    private static string Named(string label, HashSet<string> taken)
    {
        var plain = new StringBuilder();
        foreach (var c in Fold.Text(label.Trim()))
            plain.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : plain.Length > 0 && plain[^1] != '-' ? '-' : null);
        var name = plain.ToString().Trim('-');
        if (name.Length == 0)
            name = "word";
        for (var (value, more) = (name, 2); ; value = $"{name}-{more++}")
        {
            if (taken.Add(value))
                return value;
        }
    }
}
