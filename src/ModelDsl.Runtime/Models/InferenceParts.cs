namespace ModelDsl.CompilerServices;

/// <summary>A model that computes predictions a few samples at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPartwiseModel
{
    /// <summary>The forward pass of a part of a batch. Several threads call it at once.</summary>
    /// <param name="samples">[batch, input count].</param>
    /// <param name="arena">Memory for the values between layers that no other thread has.</param>
    /// <param name="batch">The number of samples in the part.</param>
    /// <returns>The outputs, in the arena.</returns>
    FloatSpan InferPart(FloatSpan samples, FloatSpan arena, int batch);
}

/// <summary>
/// A batch of predictions in parts of a few samples, whose values between layers stay in the cache of one processor.
/// </summary>
/// <remarks>
/// How a batch is divided depends on nothing else, so the bits of a prediction do not depend on the number of threads.
/// Where there are fewer parts than threads, all threads do one part after the other.
/// </remarks>
internal readonly struct InferenceParts : IParallelWork
{
    // Parts for several threads, but of some samples each, which make more of a weight that is read.
    private const int PartsOfLargeBatch = 8;
    private const int SamplesOfSmallPart = 4;

    private readonly IPartwiseModel _model;
    private readonly FloatSpan _samples;
    private readonly FloatSpan _outputs;
    private readonly FloatSpan _arenas;
    private readonly int _batch;
    private readonly int _size;
    private readonly int _arenaLength;
    private readonly int _threads;

    private InferenceParts(
        IPartwiseModel model, FloatSpan samples, FloatSpan outputs, FloatSpan arenas, int batch, int size, int threads)
    {
        (_model, _samples, _outputs, _arenas) = (model, samples, outputs, arenas);
        (_batch, _size, _threads) = (batch, size, threads);
        _arenaLength = arenas.Length / threads;
    }

    /// <summary>Does the parts that are a thread's.</summary>
    public void Invoke(int thread)
    {
        int inputs = _samples.Length / _batch;
        int outputs = _outputs.Length / _batch;
        FloatSpan arena = _arenas.Slice(thread * _arenaLength, _arenaLength);
        (int start, int end) = Partition.Part(CountParts(_batch, _size), _threads, thread, grain: 1);
        for (int part = start; part < end; part++)
        {
            int first = part * _size;
            int count = Math.Min(_size, _batch - first);
            FloatSpan result = _model.InferPart(_samples.Slice(first * inputs, count * inputs), arena, count);
            result.AsSpan().CopyTo(_outputs.Slice(first * outputs, count * outputs));
        }
    }

    /// <summary>Computes the predictions of a batch.</summary>
    /// <param name="state">The model's memory.</param>
    /// <param name="model">The model.</param>
    /// <param name="samples">[batch, input count].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="most">The most samples of a part.</param>
    /// <param name="floatsPerSample">The floats between layers of one sample.</param>
    /// <param name="fixedFloats">The floats between layers of a part, whatever its size.</param>
    /// <param name="outputs">The floats of the output of one sample.</param>
    /// <returns>[batch, outputs].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The outputs need more floats than one buffer can hold.</exception>
    public static FloatSpan Run(
        ModelState state,
        IPartwiseModel model,
        FloatSpan samples,
        int batch,
        int most,
        int floatsPerSample,
        int fixedFloats,
        int outputs)
    {
        int size = SizeOf(batch, most);
        int threads = WorkerPool.Parallelism;
        if (CountParts(batch, size) < threads)
        {
            threads = 1;
        }

        int arenas = threads * (fixedFloats + (size * floatsPerSample));
        FloatSpan memory = state.Arena(batch, outputs, arenas);
        FloatSpan result = memory.Slice(arenas, batch * outputs);
        var work = new InferenceParts(model, samples, result, memory.Slice(0, arenas), batch, size, threads);
        WorkerPool.Run(threads, ref work);
        state.SetOutputs(arenas, result.Length);
        return result;
    }

    private static int SizeOf(int batch, int most)
    {
        int least = Math.Max(1, Math.Min(batch / 2, SamplesOfSmallPart));
        return Math.Min(most, Math.Max(least, batch / PartsOfLargeBatch));
    }

    private static int CountParts(int batch, int size) => (batch + size - 1) / size;
}
