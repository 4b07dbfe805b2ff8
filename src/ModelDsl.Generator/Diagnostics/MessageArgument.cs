using System.Globalization;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>
/// What a message names: words, sizes, or a phrase of both. Sizes are kept as numbers, so that two messages are joined
/// by what they say and not by their texts.
/// </summary>
internal sealed record MessageArgument
{
    private readonly string? _format;
    private readonly Extents? _sizes;
    private readonly EquatableArray<MessageArgument> _parts;

    private MessageArgument(string? format, Extents? sizes, EquatableArray<MessageArgument> parts) =>
        (_format, _sizes, _parts) = (format, sizes, parts);

    public static implicit operator MessageArgument(string words) => new(words, null, []);

    public static implicit operator MessageArgument(float number) => FormattableString.Invariant($"{number}");

    public static implicit operator MessageArgument(long number) => new Extents(number);

    public static implicit operator MessageArgument(Extents sizes) => new(null, sizes, []);

    /// <summary>A message within a message.</summary>
    public static implicit operator MessageArgument(RuleMessage message) =>
        new(message.Rule.MessageFormat.ToString(CultureInfo.InvariantCulture), null, message.Arguments);

    /// <summary>Words with sizes, words or further phrases between them.</summary>
    public static MessageArgument Phrase(FormattableString phrase) =>
        new(phrase.Format, null, phrase.GetArguments().Select(Of).ToEquatableArray());

    /// <summary>What two lists of arguments of the same message have in common.</summary>
    public static EquatableArray<MessageArgument> Common(
        EquatableArray<MessageArgument> arguments, EquatableArray<MessageArgument> others) =>
        arguments.Zip(others, (one, other) => one.Common(other)).ToEquatableArray();

    // Sizes in which they differ are unknown; words are those of this one.
    private MessageArgument Common(MessageArgument other)
    {
        if (_sizes is { } sizes && other._sizes is { } others)
        {
            return sizes.Common(others) is { } common ? common : this;
        }

        return _format == other._format && _parts.Count == other._parts.Count
            ? new MessageArgument(_format, null, Common(_parts, other._parts))
            : this;
    }

    /// <summary>The argument as the message shows it.</summary>
    public override string ToString() =>
        _sizes is { } sizes ? sizes.ToString()
        : _parts.IsEmpty ? _format!
        : string.Format(CultureInfo.InvariantCulture, _format!, [.. _parts]);

    private static MessageArgument Of(object part) => part switch
    {
        MessageArgument argument => argument,
        Extents sizes => sizes,
        int number => number,
        long number => number,
        _ => FormattableString.Invariant($"{part}"),
    };
}
