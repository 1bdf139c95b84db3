namespace QuikApp.Protocol.Payloads;

/// <summary>How far <see cref="PayloadReader"/> is in one object.</summary>
internal struct ObjectScope(MemberSet members)
{
    public readonly MemberSet Members => members;

    /// <summary>The member whose value comes next; one of <see cref="MemberSet.Names"/>.</summary>
    public string Name { readonly get; set; } = "";

    /// <summary>Bit i: name i was there.</summary>
    public ulong Seen { readonly get; set; }
}
