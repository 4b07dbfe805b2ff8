using System.Globalization;

namespace Benchmarks.Bench.Report;

/// <summary>Numbers as the tables show them: three digits, and the unit that fits.</summary>
internal static class Formats
{
    public static string Time(Spread? spread) => spread is null
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{Seconds(spread.Median)} ±{spread.Relative:P0}");

    public static string Seconds(double seconds) => seconds switch
    {
        < 1e-6 => $"{Digits(seconds * 1e9)} ns",
        < 1e-3 => $"{Digits(seconds * 1e6)} µs",
        < 1 => $"{Digits(seconds * 1e3)} ms",
        _ => $"{Digits(seconds)} s",
    };

    public static string Rate(double rate, WorkUnit unit) => unit switch
    {
        WorkUnit.Operations => $"{Digits(rate / 1e9)} GFLOP/s",
        WorkUnit.Bytes => $"{Digits(rate / 1e9)} GB/s",
        _ when rate >= 1e6 => $"{Digits(rate / 1e6)} M/s",
        _ => $"{Digits(rate / 1e3)} k/s",
    };

    public static string Ratio(double? ratio) => ratio is { } value ? Digits(value) : "-";

    public static string Percent(double? part) =>
        part is { } value ? value.ToString("P0", CultureInfo.InvariantCulture) : "-";

    public static string Digits(double value)
    {
        string format = Math.Abs(value) switch { < 10 => "0.00", < 100 => "0.0", _ => "#,0" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
