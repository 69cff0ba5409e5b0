using System.Globalization;
using Crm.Abstractions.Records;

namespace Crm.Kernel.CustomFields.Formulas;

/// <summary>A part of a formula: its type, and its value by the values of fields.</summary>
internal sealed record Term(FieldKind Type, Func<Func<string, object?>, object?> Value);

/// <summary>
/// Reads formulas: numbers, "texts", names of fields, + - * / &amp; (joins texts), = &lt;&gt; &lt; &lt;= &gt; &gt;=, and, or, not, functions, parentheses.
/// Types are known when it is read, so that nothing can go wrong later but a division by nothing, which gives nothing.
/// </summary>
internal sealed class FormulaParser
{
    public const int MaxLength = 1_000;
    private const int MaxDepth = 25;
    private const int MaxTerms = 200;
    private readonly string _text;
    private readonly Func<string, FieldKind?> _kindOf;
    private readonly HashSet<string> _reads = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;
    private int _terms;

    private FormulaParser(string text, Func<string, FieldKind?> kindOf) => (_text, _kindOf) = (text, kindOf);

    /// <param name="text">The formula.</param>
    /// <param name="kindOf">What a field holds; null where there is none that a formula may read.</param>
    /// <exception cref="BadFormula">It can't be read.</exception>
    public static Formula Read(string text, Func<string, FieldKind?> kindOf)
    {
        if (text.Length > MaxLength)
            throw new BadFormula($"A formula has at most {MaxLength} characters", MaxLength);
        var parser = new FormulaParser(text, kindOf);
        var term = parser.Either();
        parser.Space();
        return parser._at == text.Length ? new Formula(term.Type, parser._reads, term.Value) : throw parser.Bad("This is not expected here");
    }

    private Term Either()
    {
        if (++_depth > MaxDepth)
            throw Bad("This is nested too deep");
        var left = Both();
        while (Word("or"))
        {
            var (a, b) = (Need(left, FieldKind.YesNo), Need(Both(), FieldKind.YesNo));
            left = Made(FieldKind.YesNo, r => a.Value(r) is true || b.Value(r) is true);
        }

        _depth--;
        return left;
    }

    private Term Both()
    {
        var left = Compared();
        while (Word("and"))
        {
            var (a, b) = (Need(left, FieldKind.YesNo), Need(Compared(), FieldKind.YesNo));
            left = Made(FieldKind.YesNo, r => a.Value(r) is true && b.Value(r) is true);
        }

        return left;
    }

    private Term Compared()
    {
        var left = Joined();
        if (Sign("<>", "<=", ">=", "=", "<", ">") is not { } sign)
            return left;
        var right = Need(Joined(), left.Type);
        return Made(FieldKind.YesNo, r => FormulaFunctions.Compare(sign, left.Value(r), right.Value(r)));
    }

    private Term Joined()
    {
        var left = Summed();
        while (Sign("&") is not null)
        {
            var (a, b) = (left, Summed());
            left = Made(FieldKind.Text, r => FormulaFunctions.Join(a.Value(r), b.Value(r)));
        }

        return left;
    }

    private Term Summed()
    {
        var left = Multiplied();
        while (Sign("+", "-") is { } sign)
        {
            var (a, b) = (Need(left, FieldKind.Number), Need(Multiplied(), FieldKind.Number));
            left = Number(a, b, sign == "+" ? (x, y) => x + y : (x, y) => x - y);
        }

        return left;
    }

    private Term Multiplied()
    {
        var left = Plain();
        while (Sign("*", "/") is { } sign)
        {
            var (a, b) = (Need(left, FieldKind.Number), Need(Plain(), FieldKind.Number));
            left = Number(a, b, sign == "*" ? (x, y) => x * y : (x, y) => y == 0 ? null : x / y);
        }

        return left;
    }

    private Term Plain()
    {
        if (++_depth > MaxDepth)
            throw Bad("This is nested too deep");
        var term = One();
        _depth--;
        return term;
    }

    private Term One()
    {
        Space();
        if (Sign("-") is not null)
        {
            var value = Need(Plain(), FieldKind.Number);
            return Made(FieldKind.Number, r => value.Value(r) is decimal n ? -n : null);
        }

        if (Word("not"))
        {
            var value = Need(Plain(), FieldKind.YesNo);
            return Made(FieldKind.YesNo, r => value.Value(r) is not true);
        }

        if (Sign("(") is not null)
        {
            var inner = Either();
            Expect(")");
            return inner;
        }

        if (_at < _text.Length && _text[_at] == '"')
            return Literal(FieldKind.Text, Quoted());
        if (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            return Literal(FieldKind.Number, Digits());
        return Named();
    }

    private Term Named()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            _at++;
        var name = _text[start.._at];
        if (name.Length == 0)
            throw Bad(start == _text.Length ? "Something is missing" : "This is not expected here");
        if (Sign("(") is not null)
            return Called(name, start);
        if (name is "true" or "false")
            return Literal(FieldKind.YesNo, name == "true");
        if (_kindOf(name) is not { } kind)
            throw new BadFormula($"There is no field '{name}' that a formula can read", start + 1);
        _reads.Add(name);
        return Made(kind, r => r(name));
    }

    private Term Called(string name, int start)
    {
        var given = new List<Term>();
        if (Sign(")") is null)
        {
            do
                given.Add(Either());
            while (Sign(",") is not null);
            Expect(")");
        }

        return FormulaFunctions.Find(name, given) is { } made
            ? Made(made.Type, made.Value)
            : throw new BadFormula($"There is no function '{name}' of {given.Count} values of these kinds", start + 1);
    }

    private Term Literal(FieldKind type, object value) => Made(type, _ => value);

    private Term Number(Term a, Term b, Func<decimal, decimal, decimal?> of) =>
        Made(FieldKind.Number, r => a.Value(r) is decimal x && b.Value(r) is decimal y ? of(x, y) : null);

    private Term Made(FieldKind type, Func<Func<string, object?>, object?> value) =>
        ++_terms > MaxTerms ? throw Bad($"A formula has at most {MaxTerms} parts") : new Term(type, value);

    private Term Need(Term term, FieldKind type) => term.Type == type ? term : throw Bad($"A {Words(type)} is needed before this, and there is a {Words(term.Type)}");

    private static string Words(FieldKind type) => type switch
    {
        FieldKind.Number => "number",
        FieldKind.Date => "date",
        FieldKind.YesNo => "yes or no",
        _ => "text",
    };

    private string Quoted()
    {
        var end = _text.IndexOf('"', _at + 1);
        if (end < 0)
            throw Bad("The text is not closed");
        var text = _text[(_at + 1)..end];
        _at = end + 1;
        return text;
    }

    private object Digits()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
            _at++;
        return decimal.TryParse(_text[start.._at], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= CustomFieldRules.MostNumber
            ? number
            : throw new BadFormula("This is no number", start + 1);
    }

    private string? Sign(params ReadOnlySpan<string> signs)
    {
        Space();
        foreach (var sign in signs)
        {
            if (!_text.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal))
                continue;
            _at += sign.Length;
            return sign;
        }

        return null;
    }

    private bool Word(string word)
    {
        Space();
        if (!_text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal) || (_at + word.Length < _text.Length && char.IsAsciiLetterOrDigit(_text[_at + word.Length])))
            return false;
        _at += word.Length;
        return true;
    }

    private void Expect(string sign)
    {
        if (Sign(sign) is null)
            throw Bad($"'{sign}' is missing");
    }

    private void Space()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private BadFormula Bad(string message) => new(message, _at + 1);
}
