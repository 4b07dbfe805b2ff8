using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ModelDsl.CompilerServices;

/// <summary>
/// What an instance of a compiled model owns: parameters, gradients, the input buffer and the arena of one batch.
/// Generated classes hold one; nobody else needs it.
/// </summary>
/// <remarks>
/// <para>Gradients, input buffer and arena are taken when they are first asked for, so that a model that only predicts
/// pays for nothing else. A buffer that is replaced by a larger one lives on as long as a span of it does.</para>
/// <para>A <see cref="FloatSpan"/> does not keep its memory alive. Whatever hands views to kernels therefore does so
/// within a <see cref="Use"/>, which keeps this object alive until its end, and lets no other caller in, so that no
/// buffer is replaced meanwhile. The memory of a view that somebody takes outside of one is never given back. The spans
/// that go to the user keep their memory alive by themselves.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelState
{
    // Beyond it a float no longer holds every integer.
    private const int MaxToken = (1 << 24) - 1;

    private static readonly ConcurrentDictionary<AlignedMemory, bool> Kept = new();

    private readonly AlignedMemory _parameters;
    private readonly int _inputCount;
    private readonly object[]? _packed;
    private readonly NarrowParameters? _narrow;
    private AlignedMemory? _gradients;
    private AlignedMemory _input = new(0);
    private AlignedMemory _arena = new(0);
    private AlignedMemory _lossArena = new(0);
    private int _outputStart;
    private int _outputLength;
    private HeadState? _heads;
    private PassState? _pass;
    private ActivationState? _activations;
    private ClippingState? _clipping;
    private ModelGate _gate;

    /// <summary>Takes memory for the parameters of <paramref name="description"/> and draws them from a seed.</summary>
    /// <param name="description">The model's shapes, parameters and memory.</param>
    /// <param name="seed">The same seed gives the same parameters, to the last bit.</param>
    /// <exception cref="ArgumentException">A parameter does not lie within the parameter memory.</exception>
    public ModelState(ModelDescription description, ulong seed)
        : this(description) =>
        ParameterInitialization.Fill(description, Seed = seed, _parameters.Span);

    /// <summary>
    /// Takes memory for the parameters and leaves them zero, for what is about to read them from a file.
    /// </summary>
    public ModelState(ModelDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
        _inputCount = description.InputShape.Count;
        _parameters = new AlignedMemory(description.ParameterLength);
    }

    private ModelState(
        ModelState source, AlignedMemory parameters, object[] packed, NarrowParameters? narrow = null)
    {
        _narrow = narrow;
        Description = source.Description;
        Seed = source.Seed;
        TrainingStep = source.TrainingStep;
        _inputCount = source._inputCount;
        _parameters = parameters;
        _packed = packed;
    }

    /// <summary>The model's shapes, layers, parameters and memory.</summary>
    public ModelDescription Description { get; }

    /// <summary>What the parameters were drawn from, and dropout draws its masks from.</summary>
    public ulong Seed { get; set; }

    /// <summary>The number of training steps taken so far.</summary>
    public long TrainingStep { get; set; }

    /// <summary>
    /// What a training step minimises along with the loss: the penalties for the size of weights and activities.
    /// </summary>
    public float Penalty { get; set; }

    /// <summary>
    /// What the gradients of activations are multiplied by in the backward pass of a model of Float16.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or not finite.</exception>
    public float LossScale
    {
        get;
        set => field = value > 0f && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), Invariant($"expected a positive, finite loss scale, got {value}"));
    }
    = 1024f;

    /// <summary>
    /// The place of the first sample at hand in its batch: above 0 where the batch is computed in parts. Random numbers
    /// are drawn by the place in the batch.
    /// </summary>
    public int FirstSample => Part?.FirstSample ?? 0;

    /// <summary>The part of a batch that is computed; null where a batch is computed as a whole.</summary>
    private BatchPart? Part { get; set; }

    /// <summary>The part that must come next; null between batches.</summary>
    private BatchPart? NextPart { get; set; }

    /// <summary>Whether the gradients of the part at hand are added to what <see cref="Gradients"/> holds.</summary>
    private bool GoesOn { get; set; }

    /// <summary>The training step that the parts of a batch are.</summary>
    private long PartStep { get; set; }

    /// <summary>The number of samples that were loaded last.</summary>
    private int SampleCount { get; set; }

    /// <summary>What belongs to each head, where the model has several.</summary>
    public HeadState Heads => _heads ?? CreateOnce(ref _heads, new HeadState(this));

    /// <summary>What the model keeps between passes that are called one by one.</summary>
    public PassState Pass => _pass ?? CreateOnce(ref _pass, new PassState(this));

    /// <summary>Where the outputs of layers lie, of a model that keeps them.</summary>
    public ActivationState Activations => _activations ?? CreateOnce(ref _activations, new ActivationState(this));

    /// <summary>What the model keeps of the gradients of single samples.</summary>
    public ClippingState Clipping => _clipping ?? CreateOnce(ref _clipping, new ClippingState(this));

    /// <summary>How often samples were loaded, or a place asked for them: what tells one batch from the next.</summary>
    internal long LoadCount { get; private set; }

    /// <summary>All parameters for kernels, laid out as <see cref="ModelDescription.Parameters"/> says.</summary>
    public FloatSpan Parameters => View(_parameters);

    /// <summary>All parameters as a span that keeps them alive.</summary>
    /// <exception cref="InvalidOperationException">The state is for inference only.</exception>
    public Span<float> ParameterSpan
    {
        get
        {
            RequireTrainable();
            return _parameters.Span;
        }
    }

    /// <summary>The first part of the parameters, which gradients change, as a span that keeps them alive.</summary>
    /// <exception cref="InvalidOperationException">The state is for inference only.</exception>
    public Span<float> TrainableParameterSpan => ParameterSpan[..Description.TrainableLength];

    /// <summary>
    /// All gradients for kernels, laid out like the trainable part of <see cref="Parameters"/>; zeros before the first
    /// batch.
    /// </summary>
    public FloatSpan Gradients
    {
        get
        {
            NextPart = null;
            int size = BatchSize(SampleCount);
            BatchSum.Current = new BatchSum(SampleCount, size, GoesOn, FirstSample + SampleCount >= size);
            return View(GradientMemory).AsGradient();
        }
    }

    /// <summary>All gradients as a span that keeps them alive.</summary>
    public Span<float> GradientSpan => GradientMemory.Span;

    /// <summary>The outputs of the last batch, one sample after the other, as a span that keeps them alive.</summary>
    /// <exception cref="InvalidOperationException">Another thread is computing the next ones.</exception>
    public ReadOnlySpan<float> Outputs
    {
        get
        {
            RequireMine();
            return LastOutputs;
        }
    }

    /// <summary>The outputs of the last batch, within a use.</summary>
    internal ReadOnlySpan<float> LastOutputs => _arena.Span.Slice(_outputStart, _outputLength);

    /// <summary>
    /// The memory that the last call of <see cref="Arena"/> gave a view of: for spans that go to the user.
    /// </summary>
    internal AlignedMemory ArenaMemory => _arena;

    private AlignedMemory GradientMemory
    {
        get
        {
            RequireTrainable();
            return _gradients ?? CreateOnce(ref _gradients, new AlignedMemory(Description.TrainableLength));
        }
    }

    /// <summary>Begins the part of a batch that follows the one before it, or a batch.</summary>
    /// <param name="part">The part.</param>
    /// <param name="samples">The number of its samples.</param>
    /// <exception cref="ArgumentException">It does not lie within the batch.</exception>
    /// <exception cref="InvalidOperationException">It is not the one that follows.</exception>
    internal void BeginPart(BatchPart part, int samples)
    {
        CheckPart(part, samples);
        if (part.FirstSample == 0)
        {
            PartStep = TrainingStep;
        }
        else if (part != NextPart)
        {
            throw new InvalidOperationException(Invariant(
                $"expected the parts of a batch of {Description.Name} one after the other, got that from sample ")
                + Invariant($"{part.FirstSample} of {part.BatchSize} on, ")
                + (NextPart is { } next
                    ? Invariant($"but sample {next.FirstSample} of {next.BatchSize} is next")
                    : "but the part before it was not computed last"));
        }

        BeginPart(part, goesOn: part.FirstSample > 0);
    }

    /// <summary>Begins a part of a batch whose other parts other models compute.</summary>
    /// <param name="part">The part.</param>
    /// <param name="samples">The number of its samples.</param>
    /// <param name="before">The gradients of the parts before, or none, where those of the part stand alone.</param>
    /// <exception cref="ArgumentException">
    /// It does not lie within the batch, or the gradients are not those of the parts before.
    /// </exception>
    internal void BeginPart(BatchPart part, int samples, ReadOnlySpan<float> before)
    {
        CheckPart(part, samples);
        int expected = part.FirstSample == 0 ? 0 : Description.TrainableLength;
        if (before.Length != 0 && before.Length != expected)
        {
            throw new ArgumentException(
                part.FirstSample == 0
                    ? Invariant($"expected no gradients before the first part of a batch, got {before.Length}")
                    : Invariant($"expected {expected} gradients of {Description.Name}, got {before.Length}"),
                nameof(before));
        }

        PartStep = TrainingStep;
        before.CopyTo(GradientSpan);
        BeginPart(part, goesOn: !before.IsEmpty);
    }

    private void BeginPart(BatchPart part, bool goesOn)
    {
        (Part, NextPart, GoesOn, TrainingStep) = (part, null, goesOn, PartStep);
        if (goesOn && LossScale != 1f && Description.Precision == Precision.Float16)
        {
            // The part's own are multiplied by it before they are added, and all are divided by it in the end.
            CompilerServices.LossScale.Multiply(View(GradientMemory), LossScale);
        }
    }

    /// <summary>Ends a part of a batch.</summary>
    /// <param name="next">The part that must come next; null where the batch is over, or cannot go on.</param>
    internal void EndPart(BatchPart? next) => (Part, NextPart, GoesOn) = (null, next, false);

    private static void CheckPart(BatchPart part, int samples)
    {
        if (part.FirstSample < 0 || part.BatchSize < 1 || (long)part.FirstSample + samples > part.BatchSize)
        {
            throw new ArgumentException(
                Invariant($"expected a part of a batch, got {samples} samples from {part.FirstSample} on of ")
                    + Invariant($"{part.BatchSize}"),
                nameof(part));
        }
    }

    /// <summary>Begins a computation, which ends when what is returned is disposed of.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is computing already, for another thread or further up the stack.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ModelUse Use()
    {
        if (!_gate.TryEnter())
        {
            ThrowInUse();
        }

        ThreadMemory.Enter();
        return new ModelUse(this);
    }

    /// <summary>Begins a computation that changes statistics, gradients and the training step.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is computing already, for another thread or further up the stack, or its parameters are being read.
    /// </exception>
    public ModelUse UseToTrain()
    {
        if (!_gate.TryEnter())
        {
            ThrowInUse();
        }

        if (!_gate.TryBeginChange(out bool isFirst))
        {
            _gate.Exit();
            ThrowIsRead();
        }

        ThreadMemory.Enter();
        return new ModelUse(this, endsChange: isFirst);
    }

    /// <summary>Keeps the model for the calling thread, until what is returned is disposed of.</summary>
    /// <param name="access">What for.</param>
    /// <exception cref="InvalidOperationException">Another caller stands in the way.</exception>
    public ModelHold Hold(ModelAccess access)
    {
        if (access == ModelAccess.Read)
        {
            // Nobody changes the parameters of a copy that only predicts.
            if (_packed is null && !_gate.TryBeginRead())
            {
                ThrowIsChanged();
            }

            return _packed is null ? new ModelHold(this, isReader: true, endsChange: false) : default;
        }

        if (!_gate.TryReserve())
        {
            ThrowInUse();
        }

        bool isFirst = false;
        if (access == ModelAccess.Change && !_gate.TryBeginChange(out isFirst))
        {
            _gate.Release();
            ThrowIsRead();
        }

        return new ModelHold(this, isReader: false, isFirst);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void EndUse(bool endsChange)
    {
        ThreadMemory.Leave();
        if (endsChange)
        {
            _gate.EndChange();
        }

        _gate.Exit();
    }

    internal void EndHold(bool isReader, bool endsChange)
    {
        if (isReader)
        {
            _gate.EndRead();
            return;
        }

        if (endsChange)
        {
            _gate.EndChange();
        }

        _gate.Release();
    }

    /// <summary>Checks that no other thread is computing what the caller asks for.</summary>
    /// <exception cref="InvalidOperationException">Another thread is.</exception>
    internal void RequireMine()
    {
        if (_gate.IsTakenByAnother())
        {
            ThrowInUse();
        }
    }

    /// <summary>
    /// A view of memory of this state, which lives as long as the process where nobody is known to keep it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal FloatSpan View(AlignedMemory memory)
    {
        if (!_gate.IsInside)
        {
            Kept.TryAdd(memory, true);
        }

        return memory.FloatSpan;
    }

    /// <summary>
    /// A state with a copy of the parameters that only predicts; a copy of such a state shares its memory.
    /// </summary>
    /// <param name="weights">The weights to pack.</param>
    /// <exception cref="InvalidOperationException">Another thread is changing the parameters.</exception>
    public ModelState ForInference(params ReadOnlySpan<WeightLayout> weights)
    {
        if (_packed is not null)
        {
            return new ModelState(this, _parameters, _packed);
        }

        using ModelHold hold = Hold(ModelAccess.Read);
        var parameters = new AlignedMemory(_parameters.Length);
        _parameters.Span.CopyTo(parameters.Span);
        object[] packed = new object[weights.Length];
        for (int i = 0; i < packed.Length; i++)
        {
            packed[i] = weights[i].Pack(parameters.FloatSpan);
        }

        return new ModelState(this, parameters, packed);
    }

    /// <summary>
    /// A state that only predicts, with its weights in 16 bits; a copy of such a state shares its memory.
    /// </summary>
    /// <param name="precision">The format of 16 bits.</param>
    /// <param name="weights">The weights: where each lies in the parameters, and its length.</param>
    /// <exception cref="InvalidOperationException">Another thread is changing the parameters.</exception>
    public ModelState ForInference(Precision precision, params ReadOnlySpan<(int Offset, int Length)> weights)
    {
        if (_packed is not null)
        {
            return new ModelState(this, _parameters, _packed, _narrow);
        }

        using ModelHold hold = Hold(ModelAccess.Read);
        var narrow = new NarrowParameters(Description, _parameters.FloatSpan, precision, weights);
        return new ModelState(this, new AlignedMemory(0), [], narrow);
    }

    /// <summary>A parameter that has 32 bits in every state, by its offset among all parameters.</summary>
    public FloatSpan Parameter(int offset, int length) =>
        _narrow is null ? Parameters.Slice(offset, length) : _narrow.Whole(offset, length);

    /// <summary>A weight that has 16 bits in a state that only predicts, by its offset among all parameters.</summary>
    public StoredWeight Weight(int offset, int length) =>
        _narrow is null ? new StoredWeight(Parameters.Slice(offset, length)) : _narrow.Weight(offset, length);

    /// <summary>The bytes of the parameters that a state for inference holds.</summary>
    internal long ParameterBytes => _narrow?.Bytes ?? ((long)sizeof(float) * _parameters.Length);

    /// <summary>The packed weight of a number, or null where the model can be trained.</summary>
    public PackedMatrix? Packed(int number) => _packed?[number] as PackedMatrix;

    /// <summary>The packed filters of a number, or null where the model can be trained.</summary>
    public PackedFilters? PackedFilters(int number) => _packed?[number] as PackedFilters;

    /// <summary>
    /// Working memory for one batch. It grows on demand and never shrinks; its contents are undefined where it grew.
    /// </summary>
    /// <param name="batch">The number of samples, at least 1.</param>
    /// <param name="floatsPerSample">The floats planned for one sample.</param>
    /// <param name="fixedFloats">The floats planned for the whole batch, whatever its size; they come first.</param>
    /// <returns>A view of fixedFloats + batch · floatsPerSample floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch needs more floats than one buffer can hold.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatSpan Arena(int batch, int floatsPerSample, int fixedFloats = 0) =>
        Grown(ref _arena, batch, floatsPerSample, fixedFloats);

    /// <summary>
    /// As <see cref="Arena"/>, memory for the loss of outputs that lie in the other one. A view is valid until the
    /// method's next call.
    /// </summary>
    public FloatSpan LossArena(int batch, int floatsPerSample, int fixedFloats = 0) =>
        Grown(ref _lossArena, batch, floatsPerSample, fixedFloats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FloatSpan Grown(ref AlignedMemory arena, int batch, int floatsPerSample, int fixedFloats)
    {
        long floats = fixedFloats + ((long)batch * floatsPerSample);
        if (floats > arena.Length)
        {
            arena = Allocate(batch, floatsPerSample, "working memory", fixedFloats);
        }

        return View(arena).Slice(0, (int)floats);
    }

    /// <summary>Computes the predictions of a batch a few samples at a time.</summary>
    /// <param name="model">The model of this state.</param>
    /// <param name="samples">[batch, input count].</param>
    /// <param name="batch">The number of samples, at least 1.</param>
    /// <param name="most">The most samples that are computed together.</param>
    /// <param name="floatsPerSample">The floats planned for one sample.</param>
    /// <param name="fixedFloats">The floats planned for a part, whatever its size.</param>
    /// <param name="outputs">The floats of one sample's output.</param>
    /// <returns>[batch, outputs].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch needs more floats than one buffer can hold.</exception>
    public FloatSpan InferParts(
        IPartwiseModel model, FloatSpan samples, int batch, int most, int floatsPerSample, int fixedFloats,
        int outputs) =>
        InferenceParts.Run(this, model, samples, batch, most, floatsPerSample, fixedFloats, outputs);

    /// <summary>
    /// Checks a batch and computes its predictions a few samples at a time, which are read from where they are.
    /// </summary>
    /// <remarks>
    /// A copy of large images would push what is computed from the cache. Samples in the memory that predictions are
    /// written to are copied all the same.
    /// </remarks>
    /// <param name="model">The model of this state.</param>
    /// <param name="samples">The samples, one after the other.</param>
    /// <param name="most">The most samples that are computed together.</param>
    /// <param name="floatsPerSample">The floats planned for one sample.</param>
    /// <param name="fixedFloats">The floats planned for a part, whatever its size.</param>
    /// <param name="outputs">The floats of one sample's output.</param>
    /// <exception cref="ArgumentException">The length is not a positive multiple of the input's size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch needs more floats than one buffer can hold.</exception>
    public unsafe void InferParts(
        IPartwiseModel model, ReadOnlySpan<float> samples, int most, int floatsPerSample, int fixedFloats, int outputs)
    {
        int batch = CheckSamples(samples);
        if (samples.Overlaps(_arena.Span))
        {
            InferParts(model, LoadSamples(samples, out _), batch, most, floatsPerSample, fixedFloats, outputs);
            return;
        }

        LoadCount++;
        fixed (float* pointer = samples)
        {
            var view = new FloatSpan(pointer, samples.Length);
            InferParts(model, view, batch, most, floatsPerSample, fixedFloats, outputs);
        }
    }

    /// <summary>Notes where in the arena the outputs of the batch that has just run lie.</summary>
    public void SetOutputs(int start, int length)
    {
        _outputStart = start;
        _outputLength = length;
    }

    /// <summary>
    /// The place where <paramref name="batch"/> samples are read from, so that a loader can write them there. Valid
    /// until a call with a larger batch, and until other samples are loaded.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch is not positive, or larger than a buffer can
    /// hold.</exception>
    /// <exception cref="InvalidOperationException">The model is computing, for another thread or further up the
    /// stack.</exception>
    public Span<float> GetInputBuffer(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        using ModelUse use = Use();
        ReserveInput(batch);
        return _input.Span[..(batch * _inputCount)];
    }

    /// <summary>
    /// The memory behind <see cref="GetInputBuffer"/>. Who has reserved the model may put other memory in its place,
    /// with samples in it.
    /// </summary>
    internal ref AlignedMemory InputMemory => ref _input;

    /// <summary>
    /// The place where kernels read <paramref name="batch"/> samples from, for who fills it within a use.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch is larger than a buffer can hold.</exception>
    public FloatSpan Input(int batch)
    {
        ReserveInput(batch);
        return View(_input).Slice(0, batch * _inputCount);
    }

    /// <summary>
    /// Checks the samples and brings them to where kernels can read them: copies them into the input buffer, or takes
    /// them as they are where they were written there.
    /// </summary>
    /// <param name="samples">The samples, one after the other.</param>
    /// <param name="batch">The number of samples.</param>
    /// <returns>A view of [batch, input count] floats.</returns>
    /// <exception cref="ArgumentException">The length is not a positive multiple of the input's size.</exception>
    public FloatSpan LoadSamples(ReadOnlySpan<float> samples, out int batch)
    {
        batch = CheckSamples(samples);
        ReserveInput(batch);
        FloatSpan input = View(_input).Slice(0, samples.Length);
        Span<float> destination = input;
        if (!Unsafe.AreSame(in samples[0], in destination[0]))
        {
            samples.CopyTo(destination);
        }

        return input;
    }

    /// <summary>
    /// Checks a batch of tokens and writes them into the input buffer, as the floats of the same value: kernels read
    /// one type of element, and a float holds every index of a vocabulary exactly.
    /// </summary>
    /// <param name="tokens">The tokens, one sample after the other, each in [0, 2^24).</param>
    /// <param name="batch">The number of samples.</param>
    /// <returns>A view of [batch, input count] floats.</returns>
    /// <exception cref="ArgumentException">The length does not fit, or a token is out of range.</exception>
    public FloatSpan LoadTokens(ReadOnlySpan<int> tokens, out int batch)
    {
        batch = tokens.Length == _inputCount ? 1 : CountSamples(tokens.Length, nameof(tokens));
        FloatSpan input = Input(batch);
        for (int i = 0; i < tokens.Length; i++)
        {
            if ((uint)tokens[i] > MaxToken)
            {
                throw new ArgumentException(
                    Invariant($"expected tokens in [0, {MaxToken}], got {tokens[i]} at {i}"), nameof(tokens));
            }

            input[i] = tokens[i];
        }

        return input;
    }

    /// <summary>
    /// Tells the kernels that sum over samples how many they are given, where they take a batch a few samples at a
    /// time.
    /// </summary>
    /// <param name="count">The number of samples, at least 1.</param>
    public void SetSamplesAtHand(int count) => BatchSum.Current = BatchSum.Current with { Samples = count };

    /// <summary>The size of the whole batch, of which <paramref name="batch"/> samples are at hand.</summary>
    public int BatchSize(int batch) => Part?.BatchSize ?? batch;

    /// <summary>The number of samples in <paramref name="samples"/>.</summary>
    /// <exception cref="ArgumentException">The length is not a positive multiple of the input's size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CheckSamples(ReadOnlySpan<float> samples) =>
        samples.Length == _inputCount ? 1 : CountSamples(samples.Length, nameof(samples));

    private int CountSamples(int length, string parameter)
    {
        (int batch, int rest) = Math.DivRem(length, _inputCount);
        if (rest != 0 || batch == 0)
        {
            throw new ArgumentException(
                batch == 0
                    ? $"expected {_inputCount} values per sample ({Description.InputShape}), got {length}"
                    : $"expected a multiple of {_inputCount} values, {_inputCount} per sample ({Description.InputShape}), "
                        + $"got {length}: {batch} samples and {rest} values more",
                parameter);
        }

        return batch;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReserveInput(int batch)
    {
        LoadCount++;
        SampleCount = batch;
        if ((long)batch * _inputCount > _input.Length)
        {
            _input = Allocate(batch, _inputCount, "samples");
        }
    }

    // Threads that ask for the first time at once must get the same object: kernels have a view of its memory.
    private static T CreateOnce<T>(ref T? field, T created)
        where T : class => Interlocked.CompareExchange(ref field, created, null) ?? created;

    [DoesNotReturn]
    private void ThrowInUse() => Refuse(
        "it is computing, for another thread or further up the stack; give each thread a model of its own: ForInference() copies it");

    [DoesNotReturn]
    private void ThrowIsRead() => Refuse(
        "its parameters are being read, by a generator, Save or ForInference; train or load when they have ended");

    [DoesNotReturn]
    private void ThrowIsChanged() =>
        Refuse("it is being trained or loaded; read its parameters between two steps, or afterwards");

    [DoesNotReturn]
    private void Refuse(string why) =>
        throw new InvalidOperationException($"expected one caller of this {Description.Name} at a time, but {why}");

    /// <exception cref="InvalidOperationException">The state is for inference only.</exception>
    internal void RequireTrainable()
    {
        if (_packed is not null)
        {
            throw new InvalidOperationException(
                $"expected a {Description.Name} that can be trained, got one from ForInference, which only predicts");
        }
    }

    private AlignedMemory Allocate(int batch, int floatsPerSample, string what, int fixedFloats = 0)
    {
        long floats = fixedFloats + ((long)batch * floatsPerSample);
        if (floats > AlignedMemory.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batch),
                batch,
                $"a batch of {batch} needs {floats} floats for the {what} of {Description.Name} ({floatsPerSample} per "
                    + $"sample), but one buffer holds {AlignedMemory.MaxLength}; "
                    + $"use batches of at most {(AlignedMemory.MaxLength - fixedFloats) / floatsPerSample}");
        }

        return new AlignedMemory((int)floats);
    }
}
