using QuikApp.Actors.Conversations.Proto;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using Command = QuikApp.Actors.Conversations.ConversationCommand;

namespace QuikApp.Actors.Conversations;

/// <summary>Commands on their way between nodes, as Protobuf and back.</summary>
internal static class WireCommands
{
    /// <summary>Puts a command into its message; who asks is put there too.</summary>
    public static void Write(Command command, ExecuteV1 proto)
    {
        proto.By = WireValues.Write(command.By);
        switch (command)
        {
            case Command.Record c:
                proto.Record = new RecordV1 { Origin = c.Origin, Event = WireValues.Write(c.By.User, c.Event) };
                break;
            case Command.Send or Command.Edit or Command.Delete or Command.React or Command.OpenThread:
                WriteMessage(command, proto);
                break;
            case Command.Create or Command.Rename or Command.Archive or Command.AddMember or Command.RemoveMember
                or Command.CreateWorkspace or Command.Enrol or Command.Announce:
                WritePlace(command, proto);
                break;
            default:
                WriteUser(command, proto);
                break;
        }
    }

    /// <summary>The command in a message; null for one that this release does not know.</summary>
    public static Command? Read(ExecuteV1 proto)
    {
        var by = WireValues.Read(proto.By);
        return proto.CommandCase switch
        {
            ExecuteV1.CommandOneofCase.Record =>
                new Command.Record(by, proto.Record.Origin, WireValues.Read(StreamId.Parse(proto.Stream), proto.Record.Event)),
            >= ExecuteV1.CommandOneofCase.Send and <= ExecuteV1.CommandOneofCase.OpenThread => ReadMessage(by, proto),
            >= ExecuteV1.CommandOneofCase.Create and <= ExecuteV1.CommandOneofCase.Announce => ReadPlace(by, proto),
            _ => ReadUser(by, proto),
        };
    }

    private static void WriteMessage(Command command, ExecuteV1 proto)
    {
        switch (command)
        {
            case Command.Send c:
                proto.Send = new SendV1 { Id = c.Id.Value, Content = c.Content, Within = c.Within?.Value ?? "" };
                proto.Send.Attachments.AddRange(c.Attachments.Select(WireValues.Write));
                proto.Send.Mentions.AddRange(c.Mentions.Select(user => user.Value));
                if (c.ClientId is not null)
                    proto.Send.ClientId = c.ClientId;
                break;
            case Command.Edit c:
                proto.Edit = new EditV1 { Id = c.Id.Value, Content = c.Content, KeepsMentions = c.Mentions is null };
                proto.Edit.Mentions.AddRange((c.Mentions ?? []).Select(user => user.Value));
                break;
            case Command.Delete c:
                proto.Delete = new DeleteV1 { Id = c.Id.Value };
                break;
            case Command.React c:
                proto.React = new ReactV1 { Id = c.Id.Value, Emoji = c.Emoji, Add = c.Add };
                break;
            case Command.OpenThread c:
                proto.OpenThread = new OpenThreadV1 { Id = c.Id.Value, Thread = c.Thread.Value };
                break;
        }
    }

    private static Command? ReadMessage(Requester by, ExecuteV1 proto) => proto switch
    {
        { Send: { } c } => new Command.Send(
            by, MessageId.Parse(c.Id), c.Content, [.. c.Attachments.Select(WireValues.Read)], WireValues.Users(c.Mentions),
            c.HasClientId ? c.ClientId : null, WireValues.ChannelOf(c.Within)),
        { Edit: { } c } => new Command.Edit(by, MessageId.Parse(c.Id), c.Content, c.KeepsMentions ? null : WireValues.Users(c.Mentions)),
        { Delete: { } c } => new Command.Delete(by, MessageId.Parse(c.Id)),
        { React: { } c } => new Command.React(by, MessageId.Parse(c.Id), c.Emoji, c.Add),
        { OpenThread: { } c } => new Command.OpenThread(by, MessageId.Parse(c.Id), ThreadId.Parse(c.Thread)),
        _ => null,
    };

    private static void WritePlace(Command command, ExecuteV1 proto)
    {
        switch (command)
        {
            case Command.Create c:
                proto.Create = new CreateV1
                {
                    Channel = c.Channel.Value,
                    Workspace = c.Workspace.Value,
                    Name = c.Name,
                    Visibility = (int)c.Visibility,
                    With = c.With?.Value ?? "",
                };
                break;
            case Command.Rename c:
                proto.Rename = new RenameV1 { Name = c.Name };
                break;
            case Command.Archive c:
                proto.Archive = new ArchiveV1 { Archived = c.Archived };
                break;
            case Command.AddMember c:
                proto.AddMember = new AddMemberV1 { User = c.User.Value };
                if (c.Role is { } role)
                    proto.AddMember.Role = (int)role;
                break;
            case Command.RemoveMember c:
                proto.RemoveMember = new RemoveMemberV1 { User = c.User.Value };
                break;
            case Command.CreateWorkspace c:
                proto.CreateWorkspace = new CreateWorkspaceV1 { Workspace = c.Workspace.Value, Name = c.Name };
                break;
            case Command.Enrol c:
                proto.Enrol = new EnrolV1 { User = c.User.Value };
                break;
            case Command.Announce c:
                proto.Announce = new AnnounceV1 { Content = c.Content };
                if (c.ClientId is not null)
                    proto.Announce.ClientId = c.ClientId;
                break;
        }
    }

    private static Command? ReadPlace(Requester by, ExecuteV1 proto) => proto switch
    {
        { Create: { } c } => new Command.Create(
            by, ChannelId.Parse(c.Channel), WorkspaceId.Parse(c.Workspace), c.Name, (ChannelVisibility)c.Visibility, WireValues.UserOf(c.With)),
        { Rename: { } c } => new Command.Rename(by, c.Name),
        { Archive: { } c } => new Command.Archive(by, c.Archived),
        { AddMember: { } c } => new Command.AddMember(by, UserId.Parse(c.User), c.HasRole ? (Role)c.Role : null),
        { RemoveMember: { } c } => new Command.RemoveMember(by, UserId.Parse(c.User)),
        { CreateWorkspace: { } c } => new Command.CreateWorkspace(by, WorkspaceId.Parse(c.Workspace), c.Name),
        { Enrol: { } c } => new Command.Enrol(by, UserId.Parse(c.User)),
        { Announce: { } c } => new Command.Announce(by, c.Content, c.HasClientId ? c.ClientId : null),
        _ => null,
    };

    private static void WriteUser(Command command, ExecuteV1 proto)
    {
        switch (command)
        {
            case Command.MarkRead c:
                proto.MarkRead = new MarkReadV1 { Channel = c.Channel.Value, Thread = c.Thread?.Value ?? "", UpTo = c.UpTo };
                break;
            case Command.SetStatus c:
                proto.SetStatus = new SetStatusV1 { Status = (int)c.Status };
                if (c.Text is not null)
                    proto.SetStatus.Text = c.Text;
                if (c.ExpiresAt is { } expiresAt)
                    proto.SetStatus.ExpiresAt = expiresAt;
                break;
            case Command.Revoke c:
                proto.Revoke = new RevokeV1 { Before = c.Before };
                break;
            case Command.StartCall c:
                proto.StartCall = new StartCallV1 { Call = c.Call.Value, Media = (int)c.Media };
                break;
            case Command.AcceptCall c:
                proto.AcceptCall = new AcceptCallV1 { Takeover = c.Takeover };
                break;
            case Command.DeclineCall:
                proto.DeclineCall = new DeclineCallV1();
                break;
            case Command.EndCall:
                proto.EndCall = new EndCallV1();
                break;
            case Command.EndRinging:
                proto.EndRinging = new EndRingingV1();
                break;
            case Command.DropParticipant c:
                proto.DropParticipant = new DropParticipantV1 { Session = c.Session };
                break;
            default:
                throw new ArgumentException($"a command without a place on the wire: {command.GetType().Name}", nameof(command));
        }
    }

    private static Command? ReadUser(Requester by, ExecuteV1 proto) => proto switch
    {
        { MarkRead: { } c } => new Command.MarkRead(by, ChannelId.Parse(c.Channel), WireValues.ThreadOf(c.Thread), c.UpTo),
        { SetStatus: { } c } => new Command.SetStatus(
            by, (PresenceStatus)c.Status, c.HasText ? c.Text : null, c.HasExpiresAt ? c.ExpiresAt : null),
        { Revoke: { } c } => new Command.Revoke(by, c.Before),
        { StartCall: { } c } => new Command.StartCall(by, CallId.Parse(c.Call), (CallMedia)c.Media),
        { AcceptCall: { } c } => new Command.AcceptCall(by, c.Takeover),
        { DeclineCall: not null } => new Command.DeclineCall(by),
        { EndCall: not null } => new Command.EndCall(by),
        { EndRinging: not null } => new Command.EndRinging(by),
        { DropParticipant: { } c } => new Command.DropParticipant(by, c.Session),
        _ => null,
    };
}
