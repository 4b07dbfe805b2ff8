using ModelDsl.Tool.Explaining;

namespace ModelDsl.Tool.Reports;

/// <summary>Numbers as people read them, in three digits.</summary>
internal static class Figures
{
    private static readonly string[] Thousands = ["", " k", " M", " G", " T", " P"];

    private static readonly string[] Powers = [" B", " KiB", " MiB", " GiB", " TiB"];

    /// <summary>FLOPs: <c>1.23 M</c>, with a <c>~</c> before an estimate.</summary>
    public static string Flops(long count, bool isEstimate) => (isEstimate ? "~" : "") + Scaled(count, 1000, Thousands);

    public static string Bytes(long count) => Scaled(count, 1024, Powers);

    /// <summary>A time: <c>12.3 µs</c>; empty where there is none.</summary>
    public static string Time(double? seconds) => seconds switch
    {
        null => "",
        < 1e-3 => $"{Digits(seconds.Value * 1e6)} µs",
        < 1 => $"{Digits(seconds.Value * 1e3)} ms",
        _ => $"{Digits(seconds.Value)} s",
    };

    /// <summary>The sentence that a report begins with.</summary>
    public static string Summary(ModelExplanation model)
    {
        string machine = model.Settings is { PeakGigaflops: { } peak, BandwidthGigabytes: { } bandwidth }
            ? $", at least {Time(model.Seconds)} with {Digits(peak)} GFLOP/s and {Digits(bandwidth)} GB/s"
            : "";
        return $"{model.Settings.Program} of a batch of {model.Settings.Batch}: {model.Operations.Count} operations, "
            + $"{Flops(model.Flops, model.IsEstimate)} FLOPs, {Bytes(model.Bytes)} read and written{machine}.";
    }

    /// <summary>What the arena takes.</summary>
    public static string Memory(ExplainedArena arena) =>
        $"The arena takes {Bytes(arena.Bytes)}: {arena.FixedFloats} floats, and {arena.FloatsPerSample} for each "
            + $"sample. Without shared places it would take {Bytes(arena.SeparateBytes)}.";

    private static string Scaled(double number, int step, string[] units)
    {
        int unit = 0;
        while (number >= step && unit + 1 < units.Length)
        {
            number /= step;
            unit++;
        }

        return (unit == 0 ? number.ToString("0", CultureInfo.InvariantCulture) : Digits(number)) + units[unit];
    }

    private static string Digits(double number) => number.ToString(
        Math.Abs(number) switch { >= 100 => "0", >= 10 => "0.#", >= 1 => "0.##", _ => "0.###" },
        CultureInfo.InvariantCulture);
}
