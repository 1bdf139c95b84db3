using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

/// <summary>What one side encodes the other reads, whatever the values.</summary>
public sealed class FrameRoundTripTests
{
    [Fact]
    public void TryDecode_WhatAnyClientEncodes_GivesTheSameValues() =>
        Gen.Select(FrameGen.Fields, Gen.Int[0, 1], Gen.Bool).Sample(
            (fields, writer, v1) =>
            {
                var version = v1 ? PhoenixVersion.V1 : PhoenixVersion.V2;
                var message = v1 ? FrameGen.EncodeV1(fields, FrameGen.Writers[writer]) : FrameGen.EncodeV2(fields, FrameGen.Writers[writer]);
                var frame = Frames.Decode(version, binaryOpcode: v1, message);
                AssertSame(fields.JoinRef, frame.JoinRef.ToString());
                AssertSame(fields.Ref, frame.Ref.ToString());
                AssertSame(fields.Topic, frame.Topic);
                AssertSame(fields.Event, frame.Event);
                AssertSame(fields.Payload, frame.Payload());
            },
            iter: 5_000);

    [Fact]
    public void Encode_ThenReadAsAClientDoes_GivesTheSameValues() =>
        Gen.Select(FrameGen.Fields, FrameGen.Text, FrameGen.Text).Sample(
            (fields, text, status) =>
            {
                var frame = Frames.Decode(PhoenixVersion.V2, binaryOpcode: false, FrameGen.EncodeV2(fields, FrameGen.Writers[0]));
                var payload = frame.Payload.ToArray();

                var (joinRef, @ref, topic, @event, body) = ServerFrames.ReadV2(ServerFrames.Text(output =>
                    FrameEncoder.WriteReply(PhoenixVersion.V2, output, frame.JoinRef, frame.Ref, frame.Topic, status, payload)));
                AssertSame(fields.JoinRef, joinRef.GetRawText());
                AssertSame(fields.Ref, @ref.GetRawText());
                AssertSame(fields.Topic, topic.GetRawText());
                Assert.Equal(PhoenixEvents.Reply, @event.GetString());
                Assert.Equal(status, body.GetProperty("status").GetString());
                AssertSame(fields.Payload, body.GetProperty("response").GetRawText());

                var old = ServerFrames.ReadV1(ServerFrames.Text(output =>
                    FrameEncoder.WriteReply(PhoenixVersion.V1, output, frame.JoinRef, frame.Ref, frame.Topic, status, payload)));
                AssertSame(fields.Ref, old.Ref.GetRawText());
                AssertSame(fields.Topic, old.Topic.GetRawText());
                AssertSame(fields.Payload, old.Payload.GetProperty("response").GetRawText());

                var push = ServerFrames.ReadV2(ServerFrames.Text(output =>
                    FrameEncoder.WritePush(PhoenixVersion.V2, output, frame.JoinRef, text, status, payload)));
                AssertSame(fields.JoinRef, push.JoinRef.GetRawText());
                Assert.Equal(JsonValueKind.Null, push.Ref.ValueKind);
                Assert.Equal(text, push.Topic.GetString());
                Assert.Equal(status, push.Event.GetString());
                AssertSame(fields.Payload, push.Payload.GetRawText());
            },
            iter: 5_000);

    [Fact]
    public void TryDecode_WhatTheEncoderPushes_IsAFrameAgain() =>
        Gen.Select(FrameGen.Fields, FrameGen.Text, FrameGen.Text).Sample(
            (fields, topic, @event) =>
            {
                var frame = Frames.Decode(PhoenixVersion.V2, binaryOpcode: false, FrameGen.EncodeV2(fields, FrameGen.Writers[1]));
                foreach (var version in new[] { PhoenixVersion.V1, PhoenixVersion.V2 })
                {
                    var again = Frames.Decode(version, binaryOpcode: false, ServerFrames.Bytes(output =>
                        FrameEncoder.WritePush(version, output, frame.JoinRef, topic, @event, frame.Payload.Span)));
                    Assert.Equal(version is PhoenixVersion.V1 ? Ref.Null : frame.JoinRef, again.JoinRef);
                    Assert.Equal(topic, again.Topic.Text);
                    Assert.Equal(@event, again.Event.Text);
                    Assert.Equal(frame.Payload.ToArray(), again.Payload.ToArray());
                }
            },
            iter: 3_000);

    [Fact]
    public void Binary_EncodedAndDecoded_GivesTheSameValues() =>
        Gen.Select(FrameGen.Text, FrameGen.Text, FrameGen.Text, FrameGen.Text, Gen.Byte.Array[0, 300]).Sample(
            (joinRef, @ref, topic, @event, data) =>
            {
                var frame = Frames.Decode(PhoenixVersion.V2, binaryOpcode: true, FrameGen.EncodeBinary(joinRef, @ref, topic, @event, data));
                Assert.Equal(Ref.FromText(joinRef), frame.JoinRef);
                Assert.Equal(Ref.FromText(@ref), frame.Ref);
                Assert.Equal(topic, frame.Topic.Text);
                Assert.Equal(@event, frame.Event.Text);
                Assert.Equal(data, frame.Payload.ToArray());

                AssertBinary(1, [joinRef, @ref, topic, @event], data, output => FrameEncoder.TryWriteBinaryReply(output, frame.JoinRef, frame.Ref, topic, @event, data));
                AssertBinary(0, [joinRef, topic, @event], data, output => FrameEncoder.TryWriteBinaryPush(output, frame.JoinRef, topic, @event, data));
                AssertBinary(2, [topic, @event], data, output => FrameEncoder.TryWriteBinaryBroadcast(output, topic, @event, data));
            },
            iter: 5_000);

    [Fact]
    public void Ref_EqualValues_HaveEqualHashes() =>
        Gen.Select(FrameGen.Fields, FrameGen.Fields).Sample(
            (left, right) =>
            {
                var a = Frames.Decode(PhoenixVersion.V2, binaryOpcode: false, FrameGen.EncodeV2(left, FrameGen.Writers[0]));
                var b = Frames.Decode(PhoenixVersion.V2, binaryOpcode: false, FrameGen.EncodeV2(right, FrameGen.Writers[0]));
                var again = Frames.Decode(PhoenixVersion.V2, binaryOpcode: false, FrameGen.EncodeV2(left, FrameGen.Writers[0]));
                Assert.Equal(a.Ref, again.Ref);
                Assert.Equal(a.Ref.GetHashCode(), again.Ref.GetHashCode());
                Assert.Equal(a.Topic, again.Topic);
                Assert.Equal(a.Topic.GetHashCode(), again.Topic.GetHashCode());
                Assert.Equal(left.Ref?.ToJsonString() == right.Ref?.ToJsonString(), a.Ref == b.Ref);
                Assert.Equal(left.Topic?.ToJsonString() == right.Topic?.ToJsonString(), a.Topic == b.Topic);
            },
            iter: 2_000);

    private static void AssertBinary(byte kind, string[] fields, byte[] data, Func<IBufferWriter<byte>, BinaryEncodeResult> write)
    {
        var read = ServerFrames.ReadBinary(ServerFrames.Bytes(output => Assert.Equal(BinaryEncodeResult.Written, write(output))));
        Assert.Equal(kind, read.Kind);
        Assert.Equal(fields, read.Fields);
        Assert.Equal(data, read.Data);
    }

    private static void AssertSame(JsonNode? expected, FrameName actual)
    {
        if (expected?.GetValueKind() is JsonValueKind.String)
            Assert.Equal(expected.GetValue<string>(), actual.Text);
        else
            AssertSame(expected, actual.ToString());
    }

    private static void AssertSame(JsonNode? expected, string actual) =>
        Assert.True(
            JsonNode.DeepEquals(expected, JsonNode.Parse(actual)),
            string.Create(CultureInfo.InvariantCulture, $"expected {expected?.ToJsonString() ?? "null"}, got {actual}"));
}
