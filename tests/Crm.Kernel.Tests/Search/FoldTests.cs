using Crm.Kernel.Search;
using Xunit;

namespace Crm.Kernel.Tests.Search;

public sealed class FoldTests
{
    [Theory]
    [InlineData("Ūdensvīrs ŽĒLI", "udensvirs zeli")]
    [InlineData("Łódź Ø ß ẞ Đ Æ Œ Ħ Ŧ ı İ þ", "lodz o ss ss d ae oe h t i i th")]
    [InlineData("ﬁ ＡＢ １２", "fi ab 12")]
    [InlineData("が か ガ ｶﾞ", "が か ガ ガ")]
    [InlineData("\u110c\u116e\u1109\u1175\u11a8", "주식")]
    [InlineData("so\u00adft", "soft")]
    [InlineData("ΟΔΥΣΣΕΥΣ ς", "οδυσσευσ σ")]
    public void Text_folds(string text, string folded) => Assert.Equal(folded, Fold.Text(text));

    [Theory]
    [InlineData("uzņēmums")]
    [InlineData("Žemaitis が 한국어 Å")]
    public void Composed_and_decomposed_text_fold_the_same(string text) =>
        Assert.Equal(
            Fold.Text(text.Normalize(System.Text.NormalizationForm.FormC)),
            Fold.Text(text.Normalize(System.Text.NormalizationForm.FormD)));

    [Theory]
    [InlineData("采购订单", "采购 购订 订单 单")]
    [InlineData("单", "单")]
    [InlineData("CRM系统2", "crm 系统 统 2")]
    [InlineData("ガラス・メーカー", "ガラ ラス ス メー ーカ カー ー")]
    [InlineData("a_b-c.d", "a b c d")]
    [InlineData("𠮷野", "𠮷野 野")]
    public void Text_is_cut_into_tokens(string text, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', Tokenizer.Read(text).Select(t => t.Text)));

    [Fact]
    public void Any_text_is_cut_without_an_error_and_every_place_is_inside_it()
    {
        var random = new Random(1);
        for (var i = 0; i < 3_000; i++)
        {
            var text = RandomText.Any(random, 60);
            Fold.Text(text);
            var end = 0;
            foreach (var token in Tokenizer.Read(text))
            {
                Assert.True(token.Start >= 0 && token.Start < token.FirstEnd && token.FirstEnd <= token.End && token.End <= text.Length);
                Assert.True(token.Start >= end || token.Signs > 0 || token.Start >= end - 1);
                Assert.DoesNotContain(token.Text, c => c < 0x80 && !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c));
                end = token.Start;
            }
        }
    }
}
