using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Sessions;

/// <summary>Handles a push.</summary>
/// <returns>Why it is refused; null where it is answered, now or later.</returns>
internal delegate Refusal? PushHandler(Session session, JoinedTopic topic, in ClientFrame frame);
