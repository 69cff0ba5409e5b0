using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Pages;

public sealed class StrictPolicyTests
{
    [Fact]
    public void No_page_holds_what_the_browser_would_refuse() => SourceTree.Obeys(SourceTree.Pages.SelectMany(StrictPolicy.Check));

    [Theory]
    [InlineData("<p style=\"color:red\">")]
    [InlineData("<p\n  style='width: @width'>")]
    [InlineData("<p style=@style>")]
    [InlineData("<style>p { color: red }</style>")]
    [InlineData("<script>go();</script>")]
    [InlineData("<script type=\"module\">go();</script>")]
    [InlineData("<script data-src=\"x\">go();</script>")]
    [InlineData("<a onclick=\"go()\">")]
    [InlineData("<body onLoad='go()'>")]
    [InlineData("<input onchange=@go>")]
    [InlineData("<a hx-on:click=\"go()\">")]
    [InlineData("<a data-hx-on:htmx:after-request=\"go()\">")]
    [InlineData("<a hx-on--after-request=\"go()\">")]
    [InlineData("<a href=\"javascript:go()\">")]
    [InlineData("<a hx-vals='js:{a: go()}'>")]
    public void Inline_script_or_style_is_refused(string page) => Assert.Single(StrictPolicy.Check(new SourceFile("a.cshtml", page)));

    [Theory]
    [InlineData("<script src=\"~/app.js\" defer></script>")]
    [InlineData("<script type=\"module\"\n  src=\"~/app.js\"></script>")]
    [InlineData("<link rel=\"stylesheet\" href=\"~/app.css\">")]
    [InlineData("@* <p style=\"color:red\"> *@")]
    [InlineData("<!-- <script>go();</script> -->")]
    [InlineData("<p class=\"only\" data-style=\"dark\" once=\"1\">on time = \"late\"</p>")]
    [InlineData("<form hx-post=\"/notes\" hx-trigger=\"submit\">")]
    public void A_strict_page_passes(string page) => Assert.Empty(StrictPolicy.Check(new SourceFile("a.cshtml", page)));
}
