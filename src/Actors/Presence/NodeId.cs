namespace QuikApp.Actors.Presence;

/// <summary>One life of a node: a restarted one has the same address and another number.</summary>
/// <param name="Address"><c>host:port</c>.</param>
/// <param name="Uid">Akka's number of this life.</param>
internal readonly record struct NodeId(string Address, int Uid);
