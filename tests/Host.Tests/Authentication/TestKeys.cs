using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace QuikApp.Host.Tests.Authentication;

/// <summary>One key of each family, made anew for each run, and signatures made without the code under test.</summary>
internal static class TestKeys
{
    public static readonly byte[] Hmac = RandomNumberGenerator.GetBytes(32);
    public static readonly RSA Rsa = RSA.Create(2048);
    public static readonly RSA OtherRsa = RSA.Create(2048);
    public static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string RsaPublicPem { get; } = Rsa.ExportSubjectPublicKeyInfoPem();

    public static string CurvePublicPem { get; } = Curve.ExportSubjectPublicKeyInfoPem();

    public static byte[] Hs256(byte[] input) => HMACSHA256.HashData(Hmac, input);

    public static byte[] Rs256(byte[] input) => Rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static byte[] Ps256(byte[] input) => Rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    public static byte[] Es256(byte[] input) => Curve.SignData(input, HashAlgorithmName.SHA256);

    /// <summary>Puts a token together of any header and claims, whether they make sense or not.</summary>
    public static string Forge(string header, string claims, Func<byte[], byte[]> sign) =>
        Forge(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(claims), sign);

    public static string Forge(byte[] header, byte[] claims, Func<byte[], byte[]> sign)
    {
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }
}
