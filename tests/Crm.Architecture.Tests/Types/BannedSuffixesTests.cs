using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Types;

public sealed class BannedSuffixesTests
{
    [Fact]
    public void No_type_is_called_by_a_name_that_says_nothing() => SourceTree.Obeys(SourceTree.CSharp.SelectMany(BannedSuffixes.Check));

    [Theory]
    [InlineData("internal static class DateHelper;")]
    [InlineData("internal static class StringUtil;")]
    [InlineData("internal sealed class TicketManager;")]
    [InlineData("internal sealed class TicketService;")]
    [InlineData("public interface ITicketService;")]
    [InlineData("public abstract class TicketBase;")]
    [InlineData("internal sealed record TicketInfo;")]
    [InlineData("internal sealed record TicketData;")]
    [InlineData("internal sealed class TicketsImpl;")]
    [InlineData("internal sealed record TicketDto;")]
    [InlineData("internal sealed class TicketViewModel;")]
    [InlineData("internal sealed class TicketRepository;")]
    [InlineData("internal sealed class TicketFactory<T>;")]
    [InlineData("    private sealed class TicketWrapper;")]
    public void A_banned_suffix_is_refused(string text) => Assert.Single(BannedSuffixes.Check(new SourceFile("a.cs", text)));

    [Theory]
    [InlineData("public abstract class StartupBase;")]
    [InlineData("internal sealed class AccountManager;")]
    [InlineData("internal sealed record TicketMetadata;")]
    [InlineData("internal sealed class CrmDatabase;")]
    public void A_word_of_the_domain_passes(string text) => Assert.Empty(BannedSuffixes.Check(new SourceFile("a.cs", text)));
}
