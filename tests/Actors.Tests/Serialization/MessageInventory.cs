using System.Reflection;
using System.Runtime.Serialization;
using Akka.Actor;

namespace QuikApp.Actors.Tests.Serialization;

/// <summary>Every type that an actor of an assembly takes or asks for, found in the code itself: nobody has to remember to list one.</summary>
internal static class MessageInventory
{
    private static readonly string[] Takers = ["Receive", "ReceiveAsync", "Command", "CommandAsync", "Ask"];

    public static IEnumerable<Type> Of(Assembly assembly)
    {
        const int genericMethods = 0x2B000000;
        const int most = 100_000;
        for (var row = 1; row < most; row++)
        {
            MethodBase? method;
            try
            {
                method = assembly.ManifestModule.ResolveMethod(genericMethods | row);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }
            catch (Exception e) when (e is BadImageFormatException or ArgumentException)
            {
                // One that depends on the type around it.
                continue;
            }

            if (method is MethodInfo { IsGenericMethod: true } call && Takers.Contains(call.Name)
                && call.GetGenericArguments() is [var type] && type.FullName?.StartsWith("QuikApp", StringComparison.Ordinal) == true)
                yield return type;
        }
    }

    /// <summary>Who writes a type for another node; null where nobody does.</summary>
    public static int? SerializerOf(ActorSystem system, Type type)
    {
        try
        {
            return ((ExtendedActorSystem)system).Serialization.FindSerializerForType(type).Identifier;
        }
        catch (SerializationException)
        {
            return null;
        }
    }
}
