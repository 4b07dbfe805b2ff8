using Benchmarks.ScaleBench.Results;

namespace Benchmarks.ScaleBench.Tests;

public sealed class FindingsTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void A_power_of_the_size_has_its_exponent(double exponent)
    {
        double? found = Growth.Exponent([.. Sizes().Select(size => (size, 3e-6 * Math.Pow(size, exponent)))]);

        Assert.Equal(exponent, found!.Value, 1e-12);
    }

    [Fact]
    public void The_lower_half_of_the_sizes_does_not_count()
    {
        double? found = Growth.Exponent([(1, 7), (2, 7), (4, 7), (8, 8), (16, 16), (32, 32)]);

        Assert.Equal(1, found!.Value, 1e-12);
    }

    [Fact]
    public void Less_than_two_sizes_have_no_exponent()
    {
        Assert.Null(Growth.Exponent([]));
        Assert.Null(Growth.Exponent([(4, 1)]));
        Assert.NotNull(Growth.Exponent([(4, 1), (8, 1)]));
    }

    [Fact]
    public void A_break_even_point_lies_where_the_line_between_two_sizes_crosses_1()
    {
        // From a half to eight on logarithmic axes: a quarter of the way from 16 to 256.
        Assert.Equal("from 32", BreakEven.Above([(1, 0.5), (16, 0.5), (256, 8)]));
        Assert.Equal("up to 32", BreakEven.Above([(1, 2), (16, 2), (256, 0.125)]));
    }

    [Fact]
    public void Every_range_above_1_is_named()
    {
        Assert.Equal("nowhere", BreakEven.Above([(1, 0.9), (2, 1)]));
        Assert.Equal("everywhere", BreakEven.Above([(1, 1.1), (2, 1.5)]));
        Assert.Equal("-", BreakEven.Above([]));
        Assert.Equal(
            "up to 140, 570 to 1100",
            BreakEven.Above([(100, 2), (200, 0.5), (400, 0.5), (800, 2), (1600, 0.5)]));
    }

    private static IEnumerable<double> Sizes() => Enumerable.Range(0, 9).Select(power => (double)(1 << power));
}
