using System.Globalization;

namespace ModelDsl.Generator.Planning;

/// <summary>What a model may hold in a training step.</summary>
/// <param name="Bytes">The most bytes.</param>
/// <param name="Batch">The samples of a batch.</param>
internal readonly record struct MemoryBudget(long Bytes, int Batch)
{
    // The longest first: MiB ends with B too.
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1),
    ];

    /// <summary>The budget that a model states; null where that is none.</summary>
    /// <param name="text">A size: <c>64MB</c>.</param>
    /// <param name="batch">The samples of a batch.</param>
    public static MemoryBudget? Parse(string? text, int batch)
    {
        string trimmed = text?.Trim() ?? "";
        foreach ((string unit, long bytes) in Units)
        {
            if (trimmed.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite;
                string number = trimmed.Substring(0, trimmed.Length - unit.Length);
                return batch > 0
                    && decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out decimal value)
                    && value <= (decimal)long.MaxValue / bytes
                    && value * bytes >= 1
                        ? new MemoryBudget((long)(value * bytes), batch)
                        : null;
            }
        }

        return null;
    }

    /// <summary>A size as a budget that is exactly it: <c>1.234567MB</c>.</summary>
    public static string TextOf(long bytes)
    {
        (string unit, long size) = bytes switch
        {
            >= 1_000_000_000 => ("GB", 1_000_000_000L),
            >= 1_000_000 => ("MB", 1_000_000L),
            >= 1_000 => ("KB", 1_000L),
            _ => ("B", 1L),
        };
        return ((decimal)bytes / size).ToString("0.#########", CultureInfo.InvariantCulture) + unit;
    }
}
