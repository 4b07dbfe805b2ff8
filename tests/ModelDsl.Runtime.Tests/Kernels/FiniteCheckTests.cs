namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class FiniteCheckTests
{
    [Fact]
    public void One_value_that_is_not_finite_is_found_wherever_it_stands()
    {
        foreach (int length in (int[])[1, 2, 7, 15, 16, 17, 63, 64, 65, 130])
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? float.MaxValue : -float.Epsilon)];
            Assert.True(FiniteCheck.AreFinite(values));
            foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
            {
                for (int i = 0; i < length; i++)
                {
                    float good = values[i];
                    values[i] = bad;
                    Assert.False(FiniteCheck.AreFinite(values));
                    values[i] = good;
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99_999)]
    [InlineData(199_999)]
    public void One_value_is_found_in_the_part_of_any_thread(int place)
    {
        float[] values = new float[200_000];
        Assert.True(FiniteCheck.AreFinite(values));
        values[place] = float.NaN;
        Assert.False(FiniteCheck.AreFinite(values));
        Assert.True(FiniteCheck.AreFinite([]));
    }
}
