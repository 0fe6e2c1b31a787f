using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SupportLive.Tests.Nodes;

/// <summary>Access tokens as an attacker, or an old node, might make them.</summary>
public static class ForgedToken
{
    /// <summary>The claims of a token that was given out.</summary>
    public static Dictionary<string, object> Claims(string token) =>
        JsonSerializer.Deserialize<Dictionary<string, object>>(Base64Url.DecodeFromChars(token.Split('.')[1]))!;

    public static string Make(Dictionary<string, object> claims, string key = TestNode.SigningKey, string algorithm = "HS256")
    {
        var text = $"{Part(new { alg = algorithm, typ = "JWT" })}.{Part(claims)}";
        return algorithm == "none" ? text + "." : $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part(object json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
