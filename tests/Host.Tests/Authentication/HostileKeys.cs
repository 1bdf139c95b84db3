namespace QuikApp.Host.Tests.Authentication;

internal enum HostileKeys
{
    Asymmetric,
    Symmetric,
    UnnamedSymmetric,
}
