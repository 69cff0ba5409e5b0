using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Crm.Mail.Testing;

/// <summary>Certificates made for one test, valid for ten years around a fixed day so that no clock is asked.</summary>
internal static class SinkCertificates
{
    private static readonly DateTimeOffset _from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _to = new(2060, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 SelfMade(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(key, name).CreateSelfSigned(_from, _to);
    }

    /// <summary>An authority, and a server's certificate signed by it.</summary>
    public static (X509Certificate2 Authority, X509Certificate2 Server) Company(string name)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Company authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var authority = request.CreateSelfSigned(_from, _to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var unkeyed = Request(key, name).Create(authority, _from, _to, RandomNumberGenerator.GetBytes(8));
        return (authority, unkeyed.CopyWithPrivateKey(key));
    }

    private static CertificateRequest Request(ECDsa key, string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
