using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Crm.Mail.Wire;

/// <summary>Which servers' certificates are believed. Without settings: those that the machine trusts, for the server's own name.</summary>
public sealed record TlsTrust
{
    /// <summary>What the machine trusts.</summary>
    public static TlsTrust Machine { get; } = new();

    /// <summary>Authorities that are trusted instead of the machine's, such as the company's own; the server's name still has to be right.</summary>
    public IReadOnlyList<X509Certificate2> Authorities { get; init; } = [];

    /// <summary>SHA-256 fingerprints of the only certificates that are believed, whoever signed them, whatever name and dates they carry: 64 hexadecimal digits each, colons allowed.</summary>
    public IReadOnlyList<string> Pinned { get; init; } = [];

    /// <summary>The fingerprint of a certificate as <see cref="Pinned"/> wants it.</summary>
    /// <param name="certificate">The server's certificate.</param>
    public static string Fingerprint(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    internal SslClientAuthenticationOptions ForClient(string host, Action<string> refused) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        // A closed network reaches no list of revoked certificates.
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = Chain(),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            var verdict = Judge(certificate, errors);
            if (verdict is not null) refused(verdict);
            return verdict is null;
        },
    };

    private string? Judge(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null) return "The server showed no certificate.";
        var fingerprint = Fingerprint(certificate);
        if (Pinned.Count > 0)
        {
            return Pinned.Any(pin => string.Equals(pin.Replace(":", "", StringComparison.Ordinal), fingerprint, StringComparison.OrdinalIgnoreCase))
                ? null
                : $"The server's certificate is not the pinned one; its SHA-256 fingerprint is {fingerprint}.";
        }

        if (errors == SslPolicyErrors.None) return null;
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"The server's certificate is for another name ({certificate.Subject}, SHA-256 {fingerprint})."
            : $"The server's certificate is not trusted ({certificate.Subject}, SHA-256 {fingerprint}).";
    }

    private X509ChainPolicy? Chain()
    {
        if (Authorities.Count == 0) return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var authority in Authorities) policy.CustomTrustStore.Add(authority);
        return policy;
    }
}
