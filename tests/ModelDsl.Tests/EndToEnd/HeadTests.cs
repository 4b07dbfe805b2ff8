namespace ModelDsl.Tests.EndToEnd;

/// <summary>Models with several inputs and several outputs, through the members that users see.</summary>
public sealed class HeadTests
{
    [Fact]
    public void Both_heads_learn_from_two_inputs()
    {
        var model = new TwoTowersTwoHeads(seed: 1);
        var trainer = new Trainer<TwoTowersTwoHeads>(model, new Adam { LearningRate = 0.01f });
        Dataset data = Draw(300, seed: 1);
        Evaluation before = trainer.Evaluate(data);
        History history = trainer.Fit(data, epochs: 60, batchSize: 20, validation: Draw(100, seed: 2));
        Evaluation after = trainer.Evaluate(data);

        Assert.Equal(["kindHead", "placeHead"], after.Heads.Select(head => head.Name));
        (HeadResult kind, HeadResult place) = (after.Heads[0], after.Heads[1]);
        Assert.True(kind.Accuracy > 0.9, $"{before.Heads[0].Accuracy} -> {kind.Accuracy}");
        Assert.True(place.MeanAbsoluteError < 0.4 * before.Heads[1].MeanAbsoluteError, $"{place.MeanAbsoluteError}");
        Assert.Equal((0.3f * kind.Loss) + place.Loss, after.Loss, 1e-5);
        Assert.Equal(300, Enumerable.Range(0, 5).Sum(actual => kind.Confusion!.CountOf(actual)));
        Assert.Null(kind.MeanAbsoluteError);
        Assert.Null(place.Accuracy);
        Assert.Null(after.Accuracy);
        Assert.Equal(2, history.Last.Heads.Length);
        Assert.True(history.Last.ValidationHeads[0].Accuracy > 0.8);
    }

    [Fact]
    public void Inputs_by_name_give_what_joined_samples_give()
    {
        var model = new TwoTowersTwoHeads(seed: 3);
        Batch batch = Batch.Draw(model.Description, 4, seed: 1).First();
        float[] image = [.. Enumerable.Range(0, 4).SelectMany(sample => batch.Samples.Skip(sample * 17).Take(12))];
        float[] numbers = [.. Enumerable.Range(0, 4).SelectMany(sample => batch.Samples.Skip((sample * 17) + 12).Take(5))];
        Assert.Equal(batch.Samples, TwoTowersTwoHeads.JoinSamples(imageTower: image, numbersTower: numbers));
        float[] expected = model.Predict(batch.Samples).ToArray();
        Assert.Equal(expected, model.Predict(image, numbers).ToArray());
        Assert.Equal(model.ComputeLoss(batch.Samples, batch.Targets), model.ComputeLoss(image, numbers, batch.Targets));
        float loss = model.ComputeGradients(image, numbers, batch.Targets);
        model.TrainingStep--;
        Assert.Equal(loss, model.ComputeGradients(batch.Samples, batch.Targets));
    }

    [Fact]
    public void Tokens_stand_beside_numbers()
    {
        var model = new TokenTower(seed: 3);
        float[] numbers = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f];
        float[] expected = model.Predict([.. numbers, 8, 0, 3, 1]).ToArray();
        Assert.Equal(expected, model.Predict(numbersTower: numbers, wordsTower: [8, 0, 3, 1]).ToArray());
        Assert.Throws<ArgumentException>(() => TokenTower.JoinSamples(numbers, [8, 0, 3, -1]));
    }

    [Fact]
    public void Outputs_of_each_head_are_the_parts_of_all_outputs()
    {
        var model = new HeadsOnSteps(seed: 3);
        Batch batch = Batch.Draw(model.Description, 3, seed: 1).First();
        float[] all = model.Predict(batch.Samples).ToArray();
        Check(all);
        model.ComputeGradients(batch.Samples, batch.Targets);
        Check(model.Outputs.ToArray());
        Assert.Equal(3, model.HeadLosses.Length);

        void Check(float[] outputs)
        {
            Assert.Equal(3 * 20, outputs.Length);
            for (int sample = 0; sample < 3; sample++)
            {
                Assert.Equal(outputs[(sample * 20)..((sample * 20) + 18)], model.StepHeadOutputs.Slice(sample * 18, 18).ToArray());
                Assert.Equal(outputs[(sample * 20) + 18], model.WholeHeadOutputs[sample]);
                Assert.Equal(outputs[(sample * 20) + 19], model.YesHeadOutputs[sample]);
            }
        }
    }

    [Fact]
    public void Description_tells_of_the_heads()
    {
        ModelDescription description = HeadsOnSteps.Architecture;
        Assert.Equal(LossKind.WeightedSum, description.Loss);
        Assert.Equal(new Shape(20), description.OutputShape);
        Assert.Equal([("stepHead", 6, 0), ("wholeHead", 0, 1), ("yesHead", 0, 1)], description.Heads.Select(head => (head.Name, head.LabelsPerSample, head.ValuesPerSample)));
        Assert.Equal([1f, 2f, 1f], description.Heads.Select(head => head.Weight));
        Assert.Equal(-1, description.Heads[0].IgnoredLabel);
        Assert.Equal(6, description.LabelsPerSample);
        Assert.Empty(SmallMlp.Architecture.Heads);
        Assert.Contains(FourHeads.Architecture.Parameters, parameter => parameter.Name == "kindHead2.dense1.weight");
    }

    [Fact]
    public void Model_of_several_heads_is_saved_and_read()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        var model = new FourHeads(seed: 3);
        float[] sample = [1f, 2f, 3f, 4f, 5f];
        float[] expected = model.Predict(sample).ToArray();
        model.Save(path);
        Assert.Equal(expected, FourHeads.Load(path).Predict(sample).ToArray());
        Assert.Equal(expected, model.ForInference().Predict(sample).ToArray());
        File.Delete(path);
    }

    [Fact]
    public void Inputs_and_targets_that_do_not_fit_are_refused_in_one_sentence()
    {
        var model = new TwoTowersTwoHeads(seed: 3);
        Refused("expected a positive multiple of 12 values, got 13", () => model.Predict(new float[13], new float[5]));
        Refused("expected a positive multiple of 12 values, got 0", () => model.Predict([], new float[5]));
        Refused("expected 2 samples as in the first input, got 1", () => model.Predict(new float[24], new float[5]));
        const string Sample = "a sample has 1 labels for kindHead, 2 values for placeHead";
        Refused($"expected 1 labels (1 samples x 1; {Sample}), got 0", () => model.ComputeLoss(new float[17], new float[2]));
        Refused(
            $"expected 2 target values (1 samples x 2; {Sample}), got 1",
            () => model.ComputeLoss(new float[17], new Targets([1], [1f])));
        Refused("expected labels from 0 to 4, got 5 for sample 0", () => model.ComputeLoss(new float[17], new Targets([5], [1f, 2f])));

        var trainer = new Trainer<TwoTowersTwoHeads>(model, new Sgd());
        Refused(
            "TwoTowersTwoHeads: expected 1 labels and 2 target values per sample (1 labels for kindHead, 2 values for placeHead), got 1 and 0",
            () => trainer.Evaluate(Dataset.FromLabels(new Shape(17), new float[17], [1])));
        Refused(
            "SmallMlp: expected labels or target values for its one loss, got both",
            () => new Trainer<SmallMlp>(new SmallMlp(), new Sgd()).Evaluate(Dataset.FromTargets(new Shape(16), new float[16], [1], [1f])));

        static void Refused(string message, Action action) =>
            Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    /// <summary>Which of five bright columns a picture has (none of the four: 4), and a place that numbers tell in a roundabout way.</summary>
    private static Dataset Draw(int count, int seed)
    {
        var random = new Random(seed);
        List<float> samples = [], values = [];
        List<int> labels = [];
        for (int i = 0; i < count; i++)
        {
            int label = random.Next(5);
            labels.Add(label);
            samples.AddRange(Enumerable.Range(0, 12).Select(pixel => (pixel % 4 == label ? 1f : 0f) + (0.1f * random.NextSingle())));
            float[] numbers = [.. Enumerable.Range(0, 5).Select(_ => (2 * random.NextSingle()) - 1)];
            samples.AddRange(numbers);
            values.AddRange([numbers[0] - numbers[1], 0.5f * (numbers[2] + numbers[3])]);
        }

        return Dataset.FromTargets(new Shape(17), [.. samples], [.. labels], [.. values]);
    }
}
