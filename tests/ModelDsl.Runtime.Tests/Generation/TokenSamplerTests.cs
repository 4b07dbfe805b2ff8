namespace ModelDsl.Runtime.Tests.Generation;

public sealed class TokenSamplerTests
{
    private static readonly float[] Logits = [MathF.Log(0.1f), MathF.Log(0.4f), MathF.Log(0.2f), MathF.Log(0.3f)];

    [Fact]
    public void Tokens_are_drawn_as_often_as_the_softmax_says()
    {
        double[] shares = Shares(new TokenSampler(seed: 3));
        foreach ((double expected, double actual) in new[] { 0.1, 0.4, 0.2, 0.3 }.Zip(shares))
        {
            Assert.Equal(expected, actual, 0.02);
        }
    }

    [Fact]
    public void Temperature_of_a_half_squares_the_probabilities()
    {
        double[] shares = Shares(new TokenSampler(seed: 3) { Temperature = 0.5f });
        foreach ((double expected, double actual) in new[] { 0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.09 / 0.3 }.Zip(shares))
        {
            Assert.Equal(expected, actual, 0.02);
        }
    }

    [Fact]
    public void Temperature_of_zero_takes_the_likeliest() =>
        Assert.Equal([0.0, 1, 0, 0], Shares(new TokenSampler { Temperature = 0f }));

    [Fact]
    public void Top_k_draws_from_the_likeliest_only()
    {
        double[] shares = Shares(new TokenSampler { TopK = 2 });
        Assert.Equal([0.0, 0.0], [shares[0], shares[2]]);
        Assert.Equal(0.4 / 0.7, shares[1], 0.02);
    }

    [Fact]
    public void Top_p_draws_from_the_fewest_that_reach_it()
    {
        double[] shares = Shares(new TokenSampler { TopP = 0.75f });
        Assert.Equal(0.0, shares[0]);
        Assert.Equal(0.2 / 0.9, shares[2], 0.02);
    }

    [Fact]
    public void Same_seed_draws_the_same_tokens()
    {
        TokenSampler first = new(seed: 5), second = new(seed: 5);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(first.Sample(Logits), second.Sample(Logits));
        }
    }

    [Fact]
    public void Not_a_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TokenSampler().Sample([0f, float.NaN]));

    private static double[] Shares(TokenSampler sampler)
    {
        const int Draws = 10_000;
        double[] shares = new double[Logits.Length];
        for (int i = 0; i < Draws; i++)
        {
            shares[sampler.Sample(Logits)] += 1.0 / Draws;
        }

        return [.. shares.Select(share => Math.Round(share, 6))];
    }
}
