namespace ModelDsl.Tests.EndToEnd;

/// <summary>Models learn what they should.</summary>
public class LearningTests
{
    [Fact]
    public void House_price_regression_recovers_the_coefficients()
    {
        // price = 0.35 + 1.8·area, areas in hundreds of square metres and prices in hundreds of thousands.
        float[] areas = [.. Enumerable.Range(0, 40).Select(i => 0.4f + (0.05f * i))];
        float[] prices = [.. areas.Select(area => 0.35f + (1.8f * area))];
        var model = new HousePrice(seed: 1);
        var trainer = new Trainer<HousePrice>(model, new Sgd { LearningRate = 0.1f });
        trainer.Fit(Dataset.FromValues(new Shape(1), areas, prices), epochs: 300, batchSize: 8, seed: 2);
        Assert.Equal(0.35f, model.Dense1Bias[0], 1e-3f);
        Assert.Equal(1.8f, model.Dense1Weight[0], 1e-3f);
        Assert.Equal(0.35f + (1.8f * 3f), model.Predict([3f])[0], 1e-2f);
    }

    [Fact]
    public void House_price_regression_finds_the_least_squares_solution_of_noisy_prices()
    {
        var random = new Random(7);
        double[] areas = [.. Enumerable.Range(0, 64).Select(_ => random.NextDouble() * 2)];
        double[] prices = [.. areas.Select(area => 0.35 + (1.8 * area) + (0.2 * (random.NextDouble() - 0.5)))];
        double meanArea = areas.Average();
        double meanPrice = prices.Average();
        double slope = areas.Zip(prices, (area, price) => (area - meanArea) * (price - meanPrice)).Sum()
            / areas.Sum(area => (area - meanArea) * (area - meanArea));

        var model = new HousePrice(seed: 1);
        var trainer = new Trainer<HousePrice>(model, new Sgd { LearningRate = 0.2f });
        var houses = Dataset.FromValues(
            new Shape(1), [.. areas.Select(area => (float)area)], [.. prices.Select(price => (float)price)]);
        trainer.Fit(houses, epochs: 1000, batchSize: 64);
        Assert.Equal((float)slope, model.Dense1Weight[0], 1e-3f);
        Assert.Equal((float)(meanPrice - (slope * meanArea)), model.Dense1Bias[0], 1e-3f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Exclusive_or_is_learned_whatever_the_seed(int seed)
    {
        float[] corners = [0, 0, 0, 1, 1, 0, 1, 1];
        float[] answers = [0, 1, 1, 0];
        var model = new ExclusiveOr((ulong)seed);
        var trainer = new Trainer<ExclusiveOr>(model, new Adam { LearningRate = 0.05f });
        trainer.Fit(Dataset.FromValues(new Shape(2), corners, answers), epochs: 500, batchSize: 4);
        Assert.Equal([false, true, true, false], model.Predict(corners).ToArray().Select(logit => logit > 0f));
        Assert.True(model.ComputeLoss(corners, answers) < 0.1f);
    }

    [Fact]
    public void Digits_of_the_real_MNIST_are_learned_to_95_percent_in_one_epoch()
    {
        MnistData data = Mnist.Load(RepositoryFolder("samples/Mnist/data"));
        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
        var model = new MnistMlp(seed: 1);
        var trainer = new Trainer<MnistMlp>(model, new Adam { LearningRate = 1e-3f });
        trainer.Fit(data.Train, epochs: 1, batchSize: 128, seed: 1);
        Evaluation evaluation = trainer.Evaluate(data.Test);
        Assert.True(evaluation.Accuracy >= 0.95, $"reached {evaluation.Accuracy:P2}");
    }

    private static string RepositoryFolder(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ModelDsl.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("ModelDsl.sln stands above no test"), path);
    }
}
