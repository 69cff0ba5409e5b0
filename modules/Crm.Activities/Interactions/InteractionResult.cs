using Crm.Abstractions.Records;

namespace Crm.Activities.Interactions;

/// <summary>Whether money was promised or is there.</summary>
internal enum ResultMoney
{
    Pledged,
    Deposited,
}

/// <summary>How far a result is believed. Only a confirmed one counts.</summary>
internal enum ResultState
{
    Claimed,
    Confirmed,
    Rejected,
    Reversed,
}

/// <summary>What the contact brought, as its colleague claims it, and what became of the claim.</summary>
internal sealed partial class Interaction
{
    /// <summary>The unit of <see cref="ResultAmount"/>.</summary>
    public const double TenThousandths = 10_000;
    private const decimal Unit = 10_000m;
    private const decimal MostMoney = 900_000_000_000m;

    private string? _resultType;
    private ResultMoney? _resultMoney;
    private bool _isClaimed;
    private string? _movedWhenDecided;

    public string? ResultType
    {
        get => _resultType;
        set => Claim(_resultType == value, () =>
        {
            _resultType = string.IsNullOrWhiteSpace(value) ? null : value;
            ResultState = _resultType is null ? null : Interactions.ResultState.Claimed;
        });
    }

    /// <summary>In ten-thousandths of the currency's unit.</summary>
    public long? ResultAmount { get; private set; }

    public string? ResultCurrency { get; private set; }

    public ResultMoney? ResultMoney
    {
        get => _resultMoney;
        set => Claim(_resultMoney == value, () => _resultMoney = value);
    }

    /// <summary>Changed by deeds only.</summary>
    public ResultState? ResultState { get; private set; }

    public DateTimeOffset? ResultDecidedAt { get; private set; }

    public Guid? ResultDecidedByUserId { get; private set; }

    /// <summary>Who changed the claim last: he does not decide about it.</summary>
    public Guid? ResultClaimedByUserId { get; private set; }

    public string? ResultReason { get; private set; }

    private bool IsDecided => ResultState is not null and not Interactions.ResultState.Claimed;

    public Money? Result => ResultAmount is { } amount && ResultCurrency is { } currency ? new Money(amount / Unit, currency) : null;

    public void Bring(Money? sum)
    {
        if (sum is { } given && (given.Amount is <= 0 or > MostMoney || given.Currency.Length != 3 || !given.Currency.All(char.IsAsciiLetterUpper)))
            throw new RuleViolation("result", "Give an amount above nothing and a currency of three letters, such as EUR.");
        Claim(sum == Result, () =>
        {
            ResultAmount = sum is { } s ? (long)decimal.Round(s.Amount * Unit) : null;
            ResultCurrency = sum?.Currency;
        });
    }

    /// <summary>Decides about the claim: nobody about his own.</summary>
    public void Decide(ResultState state, Guid? by, string? reason, DateTimeOffset now)
    {
        var isOpen = ResultState == (state == Interactions.ResultState.Reversed ? Interactions.ResultState.Confirmed : Interactions.ResultState.Claimed);
        if (!isOpen)
            throw new RuleViolation("resultState", state == Interactions.ResultState.Reversed ? "Only a confirmed result can be reversed." : "No claim waits for a decision here.");
        if (by == UserId || by == Spine.CreatedById || (by is not null && by == ResultClaimedByUserId) || Colleagues.Exists(c => c.UserId == by))
            throw new RuleViolation("resultState", "Somebody who took no part decides about a result.");
        (ResultState, ResultDecidedByUserId, ResultDecidedAt, ResultReason) = (state, by, now, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
    }

    /// <summary>True where what is claimed was changed since this was asked before.</summary>
    public bool TakeClaim()
    {
        var isClaimed = _isClaimed;
        _isClaimed = false;
        return isClaimed;
    }

    public void ClaimedBy(Guid? user) => ResultClaimedByUserId = user;

    private void CheckResult()
    {
        if (_movedWhenDecided is { } field)
            throw new RuleViolation(field, "A result of this was decided about: it keeps its day and its colleague.");
        if (ResultType is null && (ResultAmount is not null || ResultMoney is not null))
            throw new RuleViolation("resultType", "Say what was brought, beside how much.");
        if (ResultAmount is not null && ResultMoney is null)
            throw new RuleViolation("resultMoney", "Say whether the money is pledged or deposited.");
    }

    // What somebody decided about stays as it was claimed.
    private void Claim(bool isSame, Action change)
    {
        if (isSame)
            return;
        if (IsDecided)
            throw new RuleViolation("resultType", "This result was decided about, and stays as it was claimed.");
        change();
        (_isClaimed, _isTouched) = (true, true);
    }

    // Sums go by whose it is and when it was, so both belong to what was decided about. Said when it is checked, beside whatever else is wrong.
    private void Keep(string field, bool isSame)
    {
        if (isSame)
            return;
        if (IsDecided)
            _movedWhenDecided ??= field;
        else if (ResultState is not null)
            (_isClaimed, _isTouched) = (true, true);
    }
}
