using System.Text;
using Crm.Kernel.SignIn;

namespace Crm.Kernel.Tests.SignIn;

public sealed class QrCodeTests
{
    // The same text drawn by us and read back by a common reader program; kept so that a change of the drawing is seen.
    [Fact]
    public void A_drawing_that_a_reader_program_has_read_stays_as_it_is()
    {
        var code = QrCode.Of("otpauth://totp/Acme:anna%40example.com?secret=IGLSNPDTRY5M6FCGFJDOOYTZOKR7OJMS&issuer=Acme&digits=6");
        var rows = new StringBuilder();
        for (var y = 0; y < code.Size; y++)
        {
            for (var x = 0; x < code.Size; x++)
                rows.Append(code.IsDark(x, y) ? '1' : '0');
        }

        Assert.Equal(Known, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(rows.ToString()))));
    }

    [Fact]
    public void What_does_not_fit_is_refused() => Assert.Throws<ArgumentException>(() => QrCode.Of(new string('x', 500)));

    private const string Known = "740C39639630D09B3E5793D71C83A4C1A455FA509C5F48DDC5DB4FE829FA945F";
}
