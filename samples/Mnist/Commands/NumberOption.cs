using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace MnistSample.Commands;

/// <summary>
/// Options that take a number and say in one sentence what they expected where they got something else.
/// </summary>
internal static class NumberOption
{
    /// <summary>A whole number of at least <paramref name="minimum"/> and at most <paramref name="maximum"/>.</summary>
    public static Option<T> Whole<T>(string name, string description, T defaultValue, T minimum, T maximum)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        Create(name, description, defaultValue, "N", Expected(minimum, maximum),
            (string text, out T value) =>
                T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                && value >= minimum && value <= maximum);

    /// <summary>A whole number of at least <paramref name="minimum"/>.</summary>
    public static Option<T> Whole<T>(string name, string description, T defaultValue, T minimum)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        Whole(name, description, defaultValue, minimum, T.MaxValue);

    /// <summary>What all that is random is drawn from.</summary>
    public static Option<ulong> Seed(string description) => Whole("--seed", description, 1UL, 0UL);

    /// <summary>The number of threads.</summary>
    public static Option<int> Threads() => Whole(
        "--threads", "Threads to compute on; the result does not depend on it.", Environment.ProcessorCount, 1, 1024);

    /// <summary>A finite number above zero.</summary>
    public static Option<float> Positive(string name, string description, float defaultValue) =>
        Create(name, description, defaultValue, "X", "a number above 0",
            (string text, out float value) =>
                float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                && value > 0 && float.IsFinite(value));

    /// <summary>A number above zero and up to one.</summary>
    public static Option<float> Probability(string name, string description, float defaultValue) =>
        Create(name, description, defaultValue, "X", "a probability above 0 and up to 1",
            (string text, out float value) =>
                float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is > 0f and <= 1f);

    /// <summary>A part of a whole, of which something is left.</summary>
    public static Option<float> Part(string name, string description, float defaultValue) =>
        Create(name, description, defaultValue, "X", "a number of at least 0 and below 1",
            (string text, out float value) =>
                float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 0f and < 1f);

    private static string Expected<T>(T minimum, T maximum)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        maximum == T.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {minimum}")
            : string.Create(
                CultureInfo.InvariantCulture, $"a whole number of at least {minimum} and at most {maximum}");

    private delegate bool TryParse<T>(string text, out T value);

    private static Option<T> Create<T>(
        string name, string description, T defaultValue, string helpName, string expected, TryParse<T> tryParse) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = (ArgumentResult result) =>
            {
                string text = result.Tokens[0].Value;
                if (!tryParse(text, out T value))
                {
                    result.AddError($"{name}: expected {expected}, got '{text}'");
                }

                return value;
            },
        };
}
