using System.Globalization;

namespace MnistSample.Display;

/// <summary>Writes figures the same way everywhere, whatever the machine's culture.</summary>
internal static class Figures
{
    public static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of things: <c>1 epoch</c>, <c>2 epochs</c>.</summary>
    public static string Counted(long count, string what) => $"{Count(count)} {what}{(count == 1 ? "" : "s")}";

    public static string Loss(double? loss) => loss?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "";

    public static string Percent(double? share) => share?.ToString("0.00 %", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A duration as people say it: <c>4.2 s</c>, <c>3:05 min</c>, <c>1:02:03 h</c>.</summary>
    public static string Duration(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 60 => duration.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture),
        < 3600 => duration.ToString(@"m\:ss' min'", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $@"{(int)duration.TotalHours}:{duration:mm\:ss} h"),
    };

    /// <summary>A number of bytes in the unit that fits it: <c>1.6 MB</c>, with 1,000,000 bytes to the MB.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
