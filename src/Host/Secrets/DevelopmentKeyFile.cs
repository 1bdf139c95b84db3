using System.Security.Cryptography;
using System.Text;

namespace QuikApp.Host.Secrets;

/// <summary>Makes a random 256-bit key the first time and reads it again ever after. Development only.</summary>
internal static class DevelopmentKeyFile
{
    /// <summary>The key's length in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>Reads the key at <paramref name="path"/>, or makes it there with mode 0600.</summary>
    public static SecretRead ReadOrMake(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n";

                // Whether this process won or another, the file is now there and whole: read what it says.
                SecretFile.TryCreate(path, Encoding.ASCII.GetBytes(text));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SecretRead.Failed($"{path} cannot be made; give the server's user write access to its directory");
        }

        var file = SecretFile.Read(path);
        if (!file.Succeeded)
            return file;

        var key = SecretText.FromBase64(Encoding.ASCII.GetString(file.Bytes), KeyBytes, KeyBytes);
        return key.Succeeded ? key : SecretRead.Failed($"{path} {key.Problem}; or delete it and a new one is made");
    }
}
