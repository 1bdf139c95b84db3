using System.Text.Json;

namespace QuikApp.Protocol.Phoenix;

/// <summary>Writes a payload straight into a frame, without a closure: exactly one JSON value.</summary>
/// <typeparam name="TState">What the payload is made from.</typeparam>
/// <param name="writer">Where to write it. It is not to be kept or flushed.</param>
/// <param name="state">What was given to the encoder.</param>
public delegate void PayloadWriter<in TState>(Utf8JsonWriter writer, TState state)
    where TState : allows ref struct;
