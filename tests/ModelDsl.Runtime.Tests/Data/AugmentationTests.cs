namespace ModelDsl.Runtime.Tests.Data;

public sealed class AugmentationTests
{
    private static readonly ImageSize Size = new(7, 9, 2);

    private static readonly Augmentation[] All =
    [
        Augmentation.Shift(2),
        Augmentation.Rotate(20),
        Augmentation.Cutout(3),
        Augmentation.Scale(0.8f, 1.3f),
        Augmentation.Crop(0.7f),
        Augmentation.Elastic(8, 2),
        Augmentation.FlipHorizontally(),
        Augmentation.FlipVertically(),
        Augmentation.Noise(0.1f),
        Augmentation.Mixup(0.4f),
    ];

    [Fact]
    public void Settings_that_change_nothing_give_the_same_bits()
    {
        Dataset images = Draw(20);
        Augmentation[] none =
        [
            Augmentation.Shift(0),
            Augmentation.Rotate(0),
            Augmentation.Scale(1, 1),
            Augmentation.Crop(1),
            Augmentation.Elastic(0, 4),
            Augmentation.Noise(0),
            Augmentation.Cutout(0),
        ];
        foreach (Augmentation step in none)
        {
            Assert.Equal(Samples(images), Samples(images.Augment(step)));
        }

        Assert.Equal(Samples(images), Samples(images.Augment(none)));
        Assert.Equal(Samples(images), Samples(images.Augment()));
    }

    [Fact]
    public void What_happens_to_a_sample_depends_on_seed_epoch_and_index_alone() =>
        Gen.Select(Gen.Int[0, 19].Array[1, 30], Gen.ULong, Gen.Int[1, 1000]).Sample((indices, seed, epoch) =>
        {
            IDataSource atOnce = Draw(20).Augment(seed, All);
            IDataSource oneByOne = Draw(20).Augment(seed, All);
            atOnce.StartEpoch(epoch);
            oneByOne.StartEpoch(epoch);
            float[] samples = new float[indices.Length * Size.Count];
            float[] values = new float[indices.Length * 10];
            atOnce.GatherSamples(indices, samples);
            atOnce.GatherValues(indices, values);
            Assert.Equal(samples, indices.SelectMany(oneByOne.GetSample));
            Assert.Equal(values, indices.SelectMany(index => Values(oneByOne, index)));
        });

    [Fact]
    public void Every_step_gives_other_images_in_another_epoch_and_for_another_seed()
    {
        foreach (Augmentation step in All)
        {
            IDataSource images = Draw(20).Augment(seed: 1, step);
            images.StartEpoch(1);
            float[] first = Samples(images);
            images.StartEpoch(2);
            float[] second = Samples(images);
            images.StartEpoch(1);
            Assert.NotEqual(first, second);
            Assert.Equal(first, Samples(images));
            IDataSource other = Draw(20).Augment(seed: 2, step);
            other.StartEpoch(1);
            Assert.NotEqual(first, Samples(other));
        }
    }

    [Fact]
    public void A_step_draws_the_same_whatever_follows_it()
    {
        float[] alone = Samples(Draw(20).Augment(Augmentation.Noise(0.1f)));
        float[] before = Samples(Draw(20).Augment(Augmentation.Noise(0.1f), Augmentation.FlipHorizontally(), Augmentation.FlipHorizontally()));
        Assert.Equal(alone.Order(), before.Order());
    }

    [Fact]
    public void Training_gives_the_same_bits_with_and_without_prefetch_and_other_bits_without_augmentation()
    {
        using PrefetchedSource prefetched = Draw(20).Augment(All).Prefetch();
        Assert.Equal(Train(Draw(20).Augment(All)), Train(prefetched));
        Assert.NotEqual(Train(Draw(20)), Train(prefetched));

        static float[] Train(IDataSource source)
        {
            var model = new LinearModel(source.SampleShape, 10, LossKind.SoftmaxCrossEntropy, seed: 1);
            new Trainer<LinearModel>(model, new Adam()).Fit(source, epochs: 3, batchSize: 3, seed: 2);
            return model.Parameters.ToArray();
        }
    }

    [Fact]
    public void Pixels_come_from_where_a_naive_interpolation_takes_them()
    {
        GeometricAugmentation[] steps =
        [
            new ShiftAugmentation(3), new RotateAugmentation(180), new ScaleAugmentation(0.3f, 3f), new FlipAugmentation(isVertical: true),
            new FlipAugmentation(isVertical: false), new CropAugmentation(0.2f),
        ];
        Gen.Select(Gen.ULong, Gen.Int[0, steps.Length - 1].Array[1, 3]).Sample((seed, chosen) =>
        {
            var random = new Philox(seed);
            Affine[] maps = [.. chosen.Select(step => steps[step].Draw(random, Size))];
            float[] image = Draw(1).GetSample(0);
            float[] expected = new float[image.Length];
            for (int y = 0; y < Size.Height; y++)
            {
                for (int x = 0; x < Size.Width; x++)
                {
                    // The last change's pixel is sought in the image of the one before, and so on.
                    (double X, double Y) from = maps.Reverse().Aggregate(((double)x, (double)y), Map);
                    for (int channel = 0; channel < Size.Channels; channel++)
                    {
                        expected[(((y * Size.Width) + x) * Size.Channels) + channel] = Interpolate(image, from.X, from.Y, channel);
                    }
                }
            }

            new ImageWarp(Size).Run(maps.Aggregate(Affine.Identity, (all, map) => all.Then(map)), [], [], image);
            AssertClose(expected, image, 1e-4f);
        });

        static (double X, double Y) Map((double X, double Y) at, Affine map) =>
            ((map.XX * at.X) + (map.XY * at.Y) + map.X0, (map.YX * at.X) + (map.YY * at.Y) + map.Y0);
    }

    [Fact]
    public void Shifts_move_whole_pixels_by_every_distance_up_to_the_most()
    {
        float[] image = new float[25];
        image[12] = 0.3f;
        IDataSource shifted = Repeat(image, new Shape(5, 5), 400).Augment(Augmentation.Shift(2));
        HashSet<int> places = [.. Enumerable.Range(0, 400).Select(index => Assert.Single(Places(shifted.GetSample(index), 0.3f)))];
        Assert.Equal(25, places.Count);
    }

    [Fact]
    public void Rotations_keep_distances_and_stay_within_the_angle() =>
        Gen.Select(Gen.ULong, Gen.Float[0f, 180f]).Sample((seed, degrees) =>
        {
            Affine map = new RotateAugmentation(degrees).Draw(new Philox(seed), Size);
            Assert.Equal(1, (map.XX * map.YY) - (map.XY * map.YX), 1e-9);
            Assert.Equal(1, (map.XX * map.XX) + (map.YX * map.YX), 1e-9);
            Assert.InRange(Math.Abs(Math.Atan2(map.YX, map.XX)) * 180 / Math.PI, 0, degrees + 1e-4);
            Assert.Equal(4, (map.XX * 4) + (map.XY * 3) + map.X0, 1e-9);
            Assert.Equal(3, (map.YX * 4) + (map.YY * 3) + map.Y0, 1e-9);
        });

    [Fact]
    public void Flips_turn_every_second_image_around()
    {
        IDataSource flipped = Repeat([1f, 2f, 3f, 4f], new Shape(2, 2), 400).Augment(Augmentation.FlipHorizontally());
        IEnumerable<string> images = Enumerable.Range(0, 400).Select(index => string.Join(' ', flipped.GetSample(index)));
        Dictionary<string, int> counts = images.CountBy(image => image).ToDictionary();
        Assert.Equal(["1 2 3 4", "2 1 4 3"], counts.Keys.Order());
        Assert.InRange(counts["1 2 3 4"], 150, 250);
        IDataSource upsideDown = Repeat([1f, 2f, 3f, 4f], new Shape(2, 2), 40).Augment(Augmentation.FlipVertically());
        Assert.Contains(Enumerable.Range(0, 40), index => upsideDown.GetSample(index) is [3f, 4f, 1f, 2f]);
    }

    [Fact]
    public void A_crop_takes_nothing_from_outside_of_the_image() =>
        Gen.Select(Gen.ULong, Gen.Float[0.01f, 1f]).Sample((seed, part) =>
        {
            float[] ones = [.. Enumerable.Repeat(1f, Size.Count)];
            new ImageWarp(Size).Run(new CropAugmentation(part).Draw(new Philox(seed), Size), [], [], ones);
            Assert.All(ones, value => Assert.Equal(1f, value, 1e-5f));
        });

    [Fact]
    public void A_scale_enlarges_by_its_factor()
    {
        // A point at 3 pixels from the centre of the result is taken from 3 / 2 pixels from the centre of the image.
        Affine map = new ScaleAugmentation(2f, 2f).Draw(new Philox(1), Size);
        Assert.Equal((4 + 1.5, 3.0), ((map.XX * 7) + map.X0, (map.YY * 3) + map.Y0));
    }

    [Theory]
    [InlineData(2f, 1f)]
    [InlineData(30f, 0.4f)]
    [InlineData(34f, 4f)]
    public void A_field_of_displacements_is_uniform_noise_averaged_by_a_Gaussian(float strength, float smoothness)
    {
        var elastic = new ElasticAugmentation(strength, smoothness);
        float[] noise = new float[Size.Pixels];
        float[] field = new float[Size.Pixels];
        new Philox(5).FillUniform(noise, -strength, strength);
        elastic.Draw(new Philox(5), Size, field, new FieldBuffers(Size, elastic.Radius + 3));
        double[] weights = [.. Enumerable.Range(-elastic.Radius, (2 * elastic.Radius) + 1).Select(d => Math.Exp(-d * d / (2.0 * smoothness * smoothness)))];
        float[] expected = new float[Size.Pixels];
        for (int y = 0; y < Size.Height; y++)
        {
            for (int x = 0; x < Size.Width; x++)
            {
                double sum = 0;
                for (int dy = -elastic.Radius; dy <= elastic.Radius; dy++)
                {
                    for (int dx = -elastic.Radius; dx <= elastic.Radius; dx++)
                    {
                        if ((uint)(x + dx) < Size.Width && (uint)(y + dy) < Size.Height)
                        {
                            sum += weights[dy + elastic.Radius] * weights[dx + elastic.Radius] * noise[((y + dy) * Size.Width) + x + dx];
                        }
                    }
                }

                expected[(y * Size.Width) + x] = (float)(sum / (weights.Sum() * weights.Sum()));
            }
        }

        AssertClose(expected, field, strength * 1e-5f);
    }

    [Fact]
    public void A_field_moves_every_pixel_by_its_own_displacement()
    {
        float[] image = Draw(1).GetSample(0);
        float[] shiftX = new float[Size.Pixels];
        float[] shiftY = new float[Size.Pixels];
        new Philox(6).FillUniform(shiftX, -3f, 3f);
        new Philox(7).FillUniform(shiftY, -3f, 3f);
        float[] moved = [.. image];
        new ImageWarp(Size).Run(Affine.Identity with { X0 = 0.25 }, shiftX, shiftY, moved);
        for (int pixel = 0; pixel < Size.Pixels; pixel++)
        {
            double x = (pixel % Size.Width) + (double)shiftX[pixel] + 0.25;
            double y = (pixel / Size.Width) + (double)shiftY[pixel];
            Assert.Equal(Interpolate(image, x, y, channel: 1), moved[(pixel * Size.Channels) + 1], 1e-5f);
        }
    }

    [Fact]
    public void Noise_has_its_mean_and_standard_deviation()
    {
        float[] noise = Samples(Repeat(new float[100], new Shape(10, 10), 200).Augment(Augmentation.Noise(0.5f)));
        double mean = noise.Average();
        Assert.Equal(0, mean, 0.02);
        Assert.Equal(0.5, Math.Sqrt(noise.Average(value => (value - mean) * (value - mean))), 0.02);
    }

    [Fact]
    public void Cutout_clears_one_square_that_may_lie_partly_outside()
    {
        IDataSource cut = Repeat([.. Enumerable.Repeat(1f, 8 * 6 * 2)], new Shape(8, 6, 2), 500).Augment(Augmentation.Cutout(3));
        var areas = new HashSet<int>();
        for (int index = 0; index < cut.Count; index++)
        {
            int[] cleared = Places(cut.GetSample(index), 0f);
            int[] rows = [.. cleared.Select(place => place / 12).Distinct()];
            int[] columns = [.. cleared.Select(place => place % 12).Distinct()];
            Assert.Equal(cleared.Length, rows.Length * columns.Length);
            Assert.Equal(rows.Length - 1, rows.Max() - rows.Min());
            Assert.InRange(rows.Length, 1, 3);
            Assert.InRange(columns.Length, 2, 6);
            areas.Add(cleared.Length / 2);
        }

        Assert.Contains(9, areas);
        Assert.Contains(4, areas);
    }

    [Fact]
    public void Mixup_mixes_an_image_and_its_targets_by_the_same_parts()
    {
        // Each image is filled with its own class, so its value is the mean of its soft labels.
        Dataset images = Dataset.FromLabels(
            new Shape(2, 2), [.. Enumerable.Range(0, 400).Select(i => (float)(i / 4 % 10))], [.. Enumerable.Range(0, 100).Select(i => i % 10)]);
        IDataSource mixed = images.Augment(Augmentation.Mixup(1f));
        Assert.Equal((0, 0, 10), (mixed.LabelsPerSample, mixed.ClassCount, mixed.ValuesPerSample));
        int pairs = 0;
        for (int index = 0; index < 100; index++)
        {
            float[] soft = Values(mixed, index);
            Assert.Equal(1f, soft.Sum(), 1e-6f);
            Assert.True(soft[index % 10] > 0f);
            Assert.InRange(soft.Count(value => value > 0f), 1, 2);
            pairs += soft.Count(value => value > 0f) - 1;
            Assert.Equal(soft.Select((value, label) => value * label).Sum(), mixed.GetSample(index)[3], 1e-5f);
        }

        Assert.InRange(pairs, 50, 100);
        Assert.Throws<InvalidOperationException>(() => mixed.GatherLabels([0], new int[1]));
        Dataset values = Dataset.FromValues(new Shape(1, 1), [1f, 2f, 3f], [10f, 20f, 30f]);
        IDataSource mixedValues = values.Augment(Augmentation.Mixup(1f));
        Assert.All(Enumerable.Range(0, 3), index =>
            Assert.Equal(mixedValues.GetSample(index)[0] * 10f, Values(mixedValues, index)[0], 1e-4f));
    }

    [Theory]
    [InlineData(0.01f)]
    [InlineData(0.4f)]
    [InlineData(1f)]
    [InlineData(5f)]
    public void Parts_of_a_mixup_have_the_moments_of_a_beta_distribution(float alpha)
    {
        var mixup = new MixupAugmentation(alpha);
        var random = new Philox(8);
        double[] parts = [.. Enumerable.Range(0, 20_000).Select(_ => (double)mixup.Draw(random, 3).Part)];
        Assert.All(parts, part => Assert.InRange(part, 0, 1));
        Assert.Equal(0.5, parts.Average(), 0.015);
        Assert.Equal(1 / (4 * ((2.0 * alpha) + 1)), parts.Average(part => (part - 0.5) * (part - 0.5)), 0.005);
    }

    [Fact]
    public void Augmentation_allocates_nothing_for_a_batch()
    {
        IDataSource images = Draw(20).Augment(All);
        int[] indices = [3, 19, 0, 7];
        float[] samples = new float[4 * Size.Count];
        float[] values = new float[4 * 10];
        Run(times: 5);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(times: 100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                images.StartEpoch(i);
                images.GatherSamples(indices, samples);
                images.GatherValues(indices, values);
            }
        }
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Action[] settings =
        [
            () => Augmentation.Shift(-1),
            () => Augmentation.Rotate(181),
            () => Augmentation.Rotate(float.NaN),
            () => Augmentation.Scale(0, 1),
            () => Augmentation.Scale(2, 1),
            () => Augmentation.Crop(0),
            () => Augmentation.Crop(1.1f),
            () => Augmentation.Elastic(-1, 4),
            () => Augmentation.Elastic(34, 0),
            () => Augmentation.Noise(float.PositiveInfinity),
            () => Augmentation.Cutout(-1),
            () => Augmentation.Mixup(0),
        ];
        Assert.All(settings, setting => Assert.Throws<ArgumentOutOfRangeException>(setting));
    }

    [Fact]
    public void What_cannot_be_augmented_is_refused()
    {
        AssertRefused("expected images of [height, width] or", () => new NumberedSource(3).Augment(Augmentation.Shift(1)));
        AssertRefused("expected augmentations, got null at 1", () => Draw(2).Augment(Augmentation.Shift(1), null!));
        AssertRefused("expected mixup once, got it 2 times", () => Draw(2).Augment(Augmentation.Mixup(1), Augmentation.Mixup(1)));
        AssertRefused(
            "expected one label or target values for mixup, got 2 labels and 0",
            () => Dataset.FromTargets(new Shape(1, 1), [1f], [0, 1]).Augment(Augmentation.Mixup(1)));
        AssertRefused(
            "expected one label or target values for mixup, got 1 labels and 1",
            () => Dataset.FromTargets(new Shape(1, 1), [1f], [0], [1f]).Augment(Augmentation.Mixup(1)));
        AssertRefused("expected sample indices", () => Draw(2).Augment(Augmentation.Shift(1)).GetSample(2));
        AssertRefused(
            "expected labels from 0 to 0, got 9 for sample",
            () => Values(Dataset.FromTargets(new Shape(1, 1), [1f, 1f], [0, 9], ignoredLabel: 9).Augment(Augmentation.Mixup(1)), 1));

        static void AssertRefused(string message, Action action) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static Dataset Draw(int count)
    {
        float[] samples = new float[count * Size.Count];
        new Philox(4).FillUniform(samples, 0f, 1f);
        return Dataset.FromLabels(new Shape(Size.Height, Size.Width, Size.Channels), samples, new int[count], classCount: 10);
    }

    private static Dataset Repeat(float[] image, Shape shape, int count) =>
        Dataset.FromLabels(shape, [.. Enumerable.Repeat(image, count).SelectMany(copy => copy)], new int[count]);

    private static float[] Samples(IDataSource source) => [.. Enumerable.Range(0, source.Count).SelectMany(source.GetSample)];

    private static float[] Values(IDataSource source, int index)
    {
        float[] values = new float[source.ValuesPerSample];
        source.GatherValues([index], values);
        return values;
    }

    private static int[] Places(float[] image, float value) =>
        [.. Enumerable.Range(0, image.Length).Where(place => image[place] == value)];

    private static float Interpolate(float[] image, double x, double y, int channel)
    {
        double sum = 0;
        for (int row = 0; row < Size.Height; row++)
        {
            for (int column = 0; column < Size.Width; column++)
            {
                double weight = Math.Max(0, 1 - Math.Abs(x - column)) * Math.Max(0, 1 - Math.Abs(y - row));
                sum += weight * image[(((row * Size.Width) + column) * Size.Channels) + channel];
            }
        }

        return (float)sum;
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
