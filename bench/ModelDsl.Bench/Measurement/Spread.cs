using System.Text.Json.Serialization;

namespace Benchmarks.Bench.Measurement;

/// <summary>The middle of many samples, in seconds per run.</summary>
/// <param name="Median">Half of the samples are faster.</param>
/// <param name="Lower">A quarter of the samples is faster.</param>
/// <param name="Upper">A quarter of the samples is slower.</param>
internal sealed record Spread(double Median, double Lower, double Upper)
{
    /// <summary>Half the distance of the quartiles as a part of the median.</summary>
    [JsonIgnore]
    public double Relative => (Upper - Lower) / (2 * Median);

    /// <summary>The spread of samples, which are sorted in place.</summary>
    public static Spread Of(List<double> samples)
    {
        samples.Sort();
        return new Spread(Quantile(samples, 0.5), Quantile(samples, 0.25), Quantile(samples, 0.75));
    }

    private static double Quantile(List<double> sorted, double part)
    {
        double position = part * (sorted.Count - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
