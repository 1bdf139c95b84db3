using System.Security.Cryptography;
using System.Text;

namespace QuikApp.Cluster.History;

/// <summary>What stands for a body in histories.</summary>
internal static class BodyHash
{
    /// <summary>SHA-256 in hexadecimal digits.</summary>
    public static string Of(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
