using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>All that this node holds for one user: small, since there is one for nearly every socket of a large node.</summary>
internal sealed class LocalUser
{
    /// <summary>The user's presence in each workspace; nearly always one.</summary>
    public Seat[] Seats { get; set; } = [];

    /// <summary>What the user said about themselves, as far as this node was told.</summary>
    public UserStatus? Status { get; set; }

    /// <summary>Whether <see cref="LocalPresences.Online"/> counts the user.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Until when the status is kept without a socket of the user.</summary>
    public DateTimeOffset StatusUntil { get; set; }

    /// <summary>Whether the user has a socket here, or had one within the grace.</summary>
    public bool IsHere => Array.Exists(Seats, seat => seat.IsHeld);

    /// <summary>The user's presence in a workspace.</summary>
    public Seat? In(WorkspaceId workspace) => Array.Find(Seats, seat => seat.Workspace == workspace);

    /// <summary>One user's presence in one workspace.</summary>
    internal sealed class Seat(WorkspaceId workspace, Requester requester)
    {
        private ushort _desktop;
        private ushort _mobile;
        private ushort _web;

        public WorkspaceId Workspace => workspace;

        /// <summary>Who asks for it, with the rights of the newest socket.</summary>
        public Requester Requester { get; set; } = requester;

        /// <summary>Whether the user belongs to the workspace; until that is known they do not.</summary>
        public bool IsAdmitted { get; set; }

        /// <summary>When the first of the sockets connected.</summary>
        public long SinceMs { get; set; }

        /// <summary>When the user was last here, once they were shown and are no more; 0 before.</summary>
        public long LeftMs { get; set; }

        /// <summary>Whether others are to see the user here.</summary>
        public bool IsShown => IsAdmitted && IsHeld;

        public bool IsHeld => _desktop + _mobile + _web > 0;

        /// <summary>The devices with a socket, or that had one within the grace.</summary>
        public Devices Devices => new((byte)((_desktop > 0 ? 1 : 0) | (_mobile > 0 ? 2 : 0) | (_web > 0 ? 4 : 0)));

        /// <summary>Counts the sockets of a device up or down.</summary>
        public void Count(Device device, int by)
        {
            ref var count = ref _web;
            if (device is Device.Desktop)
                count = ref _desktop;
            else if (device is Device.Mobile)
                count = ref _mobile;
            count = checked((ushort)(count + by));
        }
    }
}
