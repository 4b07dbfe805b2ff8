using System.Globalization;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Compares what is known of a value with the shape that its place is declared with. Silent where nothing is.</summary>
internal static class ShapeCheck
{
    /// <summary>The broken rule, or null where the value fits or where that is not known.</summary>
    /// <param name="value">What goes in.</param>
    /// <param name="expected">What the place is declared with.</param>
    /// <param name="place">What to call the place in the message: <c>MnistMlp.Predict</c>.</param>
    /// <param name="location">The expression that goes in.</param>
    public static Diagnostic? Compare(Known? value, DeclaredShape expected, string place, Location location)
    {
        if (value is not { Kind: KnownKind.Memory })
        {
            return null;
        }

        if (!value.Dimensions.IsEmpty && !SamplesFit(value, expected))
        {
            return SamplesDoNotFit.Message(
                place,
                expected.Size,
                Known.Text(expected.Dimensions),
                value.Origin?.Text ?? "there",
                value.SampleSize,
                Known.Text(value.Dimensions))
                .At(location, Locations(value));
        }

        return value.Count is { } count && !CountFits(count, expected)
            ? LengthDoesNotFit.Message(place, Expectation(expected), count).At(location, Locations(value))
            : null;
    }

    /// <summary>The broken rule of a copy, or null where a model's values fit or where that is not known.</summary>
    /// <param name="source">What is copied.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="method">The method that copies.</param>
    /// <param name="location">The expression for the destination.</param>
    public static Diagnostic? Copy(Known? source, Known? destination, string method, Location location) =>
        source is { Kind: KnownKind.Memory, IsDeclared: true, Count: { } needed }
        && destination is { Kind: KnownKind.Memory, Count: { } there }
        && there < needed
            ? LengthDoesNotFit.Message(
                $"{method} of {source.Origin?.Text ?? "a result"}", $"room for {Number(needed)} values", there)
                .At(location, Locations(source))
            : null;

    private static bool CountFits(int count, DeclaredShape expected) =>
        expected.IsBatch ? count > 0 && count % expected.Size == 0 : count == expected.Size;

    /// <summary>
    /// Whether samples fit a place of samples of another size. A known number of them is simply counted. Of an unknown
    /// number, those fit that divide into whole samples of the place (rows of an image), and those that may fill one
    /// together (two vectors for a model of pairs): the run time takes both.
    /// </summary>
    private static bool SamplesFit(Known value, DeclaredShape expected)
    {
        if (value.SampleSize == expected.Size)
        {
            return true;
        }

        return value.Count is { } count
            ? CountFits(count, expected)
            : expected.Size % value.SampleSize == 0 || (expected.IsBatch && value.SampleSize % expected.Size == 0);
    }

    private static string Expectation(DeclaredShape expected)
    {
        string shape = expected.Dimensions.Count > 1 ? $" ({Known.Text(expected.Dimensions)})" : "";
        return expected.IsBatch
            ? $"{Number(expected.Size)} values per sample{shape}"
            : $"{Number(expected.Size)} values{shape}";
    }

    private static IEnumerable<Location> Locations(Known value) => value.Origin is { } origin ? [origin.Location] : [];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
