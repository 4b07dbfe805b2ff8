using System.Globalization;
using MnistSample;
using ModelDsl.TestModels;

namespace Benchmarks.Bench.Rows;

/// <summary>
/// A whole pass over the 60,000 digits in a new order, and the part of it that only brings the data. Ours keeps the
/// bytes of the files and makes floats of each batch; libtorch keeps all images as one tensor of floats and selects
/// each batch by index, which is faster than TorchSharp's own loader. Where samples come from a file or are augmented,
/// libtorch has no counterpart, and the row says for what part of the epoch the training thread waited for data.
/// </summary>
internal sealed class EpochRows(MnistFolder mnist) : IRowGroup
{
    private const int Digits = 60_000;
    private const int BatchSize = 128;

    public string Name => "epoch";

    public IEnumerable<Row> GetRows(int threads)
    {
        yield return Of<MnistMlp>("MNIST MLP, 60,000 digits", 3);
        yield return Of<MnistConvnet>("MNIST convnet, 60,000 digits", 1.3);
        yield return new Row
        {
            Group = Name,
            Name = "its data alone: shuffle, gather",
            Work = Work.Samples(Digits),
            Ours = () => Gather(mnist.Train),
            Torch = () =>
            {
                (Tensor images, Tensor labels) = LoadTensors();
                return new Contender(
                    () => ForEachBatch(images, labels, (_, _) => { }), dispose: () => Tensors.DisposeAll(images, labels));
            },
        };
        yield return OfSource("its data alone, from a file of floats", OpenFile);
        yield return OfSource("its data alone, shifted, rotated and scaled", Augment);
        yield return OfPrefetched<MnistMlp>("MNIST MLP, from a file of floats, prefetched", OpenFile);
        yield return OfPrefetched<MnistConvnet>("MNIST convnet, from a file of floats, prefetched", OpenFile);
        yield return OfPrefetched<MnistConvnet>("MNIST convnet, shifted, rotated and scaled, prefetched", Augment);
    }

    private Row OfSource(string name, Func<IDataSource> open) => new()
    {
        Group = Name,
        Name = name,
        Work = Work.Samples(Digits),
        Ours = () => Gather(open()),
    };

    /// <summary>All samples of a source in a new order, and the source's end with the row's.</summary>
    private static Contender Gather(IDataSource source)
    {
        int[] order = [.. Enumerable.Range(0, source.Count)];
        float[] samples = new float[BatchSize * source.SampleShape.Count];
        int[] labels = new int[BatchSize];
        Random random = new(1);
        return new Contender(
            () =>
            {
                random.Shuffle(order);
                for (int start = 0; start < order.Length; start += BatchSize)
                {
                    ReadOnlySpan<int> batch = order.AsSpan(start, Math.Min(BatchSize, order.Length - start));
                    source.GatherSamples(batch, samples.AsSpan(0, batch.Length * source.SampleShape.Count));
                    source.GatherLabels(batch, labels.AsSpan(0, batch.Length));
                }
            },
            dispose: () => (source as IDisposable)?.Dispose());
    }

    private Row OfPrefetched<TModel>(string name, Func<IDataSource> open)
        where TModel : class, IModel<TModel> => new()
        {
            Group = Name,
            Name = name,
            Work = Work.Samples(Digits),
            IsLong = true,
            Ours = () =>
            {
                IDataSource source = open();
                PrefetchedSource prefetched = source.Prefetch();
                Trainer<TModel> trainer = new(TModel.Create(1), new Adam());
                List<double> shares = [];
                return new Contender(
                    () =>
                    {
                        EpochResult epoch = trainer.Fit(prefetched, epochs: 1, BatchSize).Last;
                        shares.Add(epoch.LoadingTime / epoch.TrainingTime);
                    },
                    dispose: () =>
                    {
                        prefetched.Dispose();
                        (source as IDisposable)?.Dispose();
                    })
                {
                    Remark = () => string.Create(
                        CultureInfo.InvariantCulture,
                        $"waited for data: {Spread.Of([.. shares]).Median:0.00 %} of an epoch, "
                        + $"{shares.Max():0.00 %} at most"),
                };
            },
        };

    private IDataSource Augment() => mnist.Train.Augment(
        seed: 1, Augmentation.Shift(2), Augmentation.Rotate(10), Augmentation.Scale(0.9f, 1.1f));

    // The file is removed at once; what is open can still be read where the system allows it, and is removed with the
    // temporary folder elsewhere.
    private DataFile OpenFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"modeldsl-bench-{Environment.ProcessId}.safetensors");
        DataFile.Save(path, mnist.Train);
        var file = DataFile.Open(path);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }

    private Row Of<TModel>(string name, double goal)
        where TModel : class, IModel<TModel> => new()
        {
            Group = Name,
            Name = name,
            Work = Work.Samples(Digits),
            Goal = goal,
            IsLong = true,
            Ours = () =>
            {
                Trainer<TModel> trainer = new(TModel.Create(1), new Adam());
                ulong seed = 0;
                return new Contender(() => trainer.Fit(mnist.Train, epochs: 1, BatchSize, seed: seed++));
            },
            Torch = () =>
            {
                TorchTraining training = new(TModel.Create(1));
                (Tensor images, Tensor labels) = LoadTensors();
                return new Contender(
                    () => ForEachBatch(images, labels, training.Step),
                    dispose: () =>
                    {
                        training.Dispose();
                        Tensors.DisposeAll(images, labels);
                    });
            },
        };

    private static void ForEachBatch(Tensor images, Tensor labels, Action<Tensor, Tensor> use)
    {
        long count = labels.shape[0];
        using Tensor order = randperm(count);
        for (long start = 0; start < count; start += BatchSize)
        {
            using Tensor indices = order.slice(0, start, Math.Min(start + BatchSize, count), 1);
            using Tensor batchImages = images.index_select(0, indices), batchLabels = labels.index_select(0, indices);
            use(batchImages, batchLabels);
        }
    }

    private (Tensor Images, Tensor Labels) LoadTensors()
    {
        int[] all = [.. Enumerable.Range(0, mnist.Train.Count)];
        float[] samples = new float[all.Length * mnist.Train.SampleShape.Count];
        int[] labels = new int[all.Length];
        mnist.Train.GatherSamples(all, samples);
        mnist.Train.GatherLabels(all, labels);
        return (tensor(samples, [all.Length, 28, 28]), tensor(Array.ConvertAll(labels, label => (long)label)));
    }
}
