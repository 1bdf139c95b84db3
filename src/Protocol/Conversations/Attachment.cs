namespace QuikApp.Protocol.Conversations;

/// <summary>What a message says of a file that is stored elsewhere. The server keeps the description, never the file.</summary>
/// <param name="Name">File name as shown to people, 1 to 255 characters.</param>
/// <param name="Size">Length in bytes, 0 to 2^53 - 1.</param>
/// <param name="Type">Media type (RFC 6838), for example <c>image/png</c>.</param>
/// <param name="Sha256">SHA-256 of the content: 64 lower-case hexadecimal digits.</param>
/// <param name="Url">Absolute <c>https</c> or <c>http</c> address, at most 2,048 characters.</param>
public sealed record Attachment(string Name, long Size, string Type, string Sha256, string Url);
