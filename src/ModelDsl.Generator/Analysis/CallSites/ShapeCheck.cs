using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Diagnostics;

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
            return Diagnostic.Create(
                SamplesDoNotFit.Rule,
                location,
                Locations(value),
                place,
                Number(expected.Size),
                Known.Text(expected.Dimensions),
                value.Origin?.Text ?? "there",
                Number(value.SampleSize),
                Known.Text(value.Dimensions));
        }

        return value.Count is { } count && !CountFits(count, expected)
            ? Diagnostic.Create(LengthDoesNotFit.Rule, location, Locations(value), place, Expectation(expected), Number(count))
            : null;
    }

    private static bool CountFits(int count, DeclaredShape expected) =>
        expected.IsBatch ? count > 0 && count % expected.Size == 0 : count == expected.Size;

    /// <summary>
    /// Samples fit if they are of the same size, if the inner dimensions of one are the other (rows of an image, an image
    /// of rows), or if their known number makes whole samples of the larger size.
    /// </summary>
    private static bool SamplesFit(Known value, DeclaredShape expected)
    {
        if (value.SampleSize == expected.Size || IsInner(expected.Size, value.Dimensions) || IsInner(value.SampleSize, expected.Dimensions))
        {
            return true;
        }

        if (expected.IsBatch)
        {
            return value.Count is { } count && expected.Size % value.SampleSize == 0 && count % expected.Size == 0;
        }

        // How many samples there are is not known: they may fill the place together.
        return value.Count is not null || expected.Size % value.SampleSize == 0;
    }

    private static bool IsInner(long size, EquatableArray<int> dimensions)
    {
        long inner = 1;
        for (int i = dimensions.Count - 1; i > 0; i--)
        {
            inner *= dimensions[i];
            if (inner == size)
            {
                return true;
            }
        }

        return false;
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
