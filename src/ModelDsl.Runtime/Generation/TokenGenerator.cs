namespace ModelDsl;

/// <summary>
/// A sequence that grows token by token. What the layers computed for its tokens (keys and values of attention, states
/// of recurrent layers) is kept, so that each further token costs one step and not the whole sequence.
/// </summary>
/// <remarks>
/// <para>When the context is full, the oldest tokens are forgotten. The others move to new positions, on which
/// everything that is kept depends, so they are computed again: <see cref="KeptWhenFull"/> says how many.</para>
/// <para>The logits are those of a forward pass over the same tokens; the sums behind them are taken in another order,
/// so that the last digits may differ. Nothing is allocated after the constructor. Several generators of one model may
/// run at the same time, on different threads, while nobody trains or loads it (an
/// <see cref="InvalidOperationException"/>); the thread that trains may generate between two steps, from an observer.
/// One generator serves one caller at a time.</para>
/// </remarks>
public sealed class TokenGenerator
{
    // The token stands in a cache line of its own before the arena.
    private const int ArenaStart = AlignedMemory.Alignment / sizeof(float);

    private readonly TokenStep _step;
    private readonly AlignedMemory _memory;
    private readonly int _keptFloats;
    private readonly int? _padding;
    private readonly float[] _logits;
    private readonly int[] _tokens;
    private CallerGate _gate;

    /// <summary>Made by <see cref="IGenerativeModel.CreateGenerator"/>.</summary>
    /// <param name="step">The compiled program.</param>
    /// <param name="vocabulary">The number of logits.</param>
    /// <param name="contextLength">The longest sequence, or null where there is none.</param>
    /// <param name="keptFloats">The first part of the arena, which lasts from token to token and begins as
    /// zeros.</param>
    /// <param name="arenaFloats">The whole arena.</param>
    /// <param name="padding">The token that stands for none, or null where there is no such token.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TokenGenerator(
        TokenStep step, int vocabulary, int? contextLength, int keptFloats, int arenaFloats, int? padding = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        _step = step;
        _keptFloats = keptFloats;
        _padding = padding;
        _memory = new AlignedMemory(ArenaStart + arenaFloats);
        _logits = new float[vocabulary];
        _tokens = new int[contextLength ?? 0];
        ContextLength = contextLength;
        KeptWhenFull = _tokens.Length / 2;
    }

    /// <summary>The most tokens that the model sees at once; null where it has no such limit.</summary>
    public int? ContextLength { get; }

    /// <summary>
    /// How many of the latest tokens are kept, and computed again, when the context is full: from 0 to
    /// <see cref="ContextLength"/> - 1. With half of the context, the default, a further token costs two steps on
    /// average; with all but one token the model always sees as much as it can, and each further token costs a whole
    /// context.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or not below the context's
    /// length.</exception>
    public int KeptWhenFull
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Math.Max(0, _tokens.Length - 1));
            field = value;
        }
    }

    /// <summary>The number of tokens in the context: those appended, without the forgotten ones.</summary>
    public int Count { get; private set; }

    /// <summary>The logits of the token after the last one; empty while there is none.</summary>
    /// <exception cref="InvalidOperationException">The generator is in use, by another thread or further up the
    /// stack.</exception>
    public ReadOnlySpan<float> Logits
    {
        get
        {
            EnterGate();
            ReadOnlySpan<float> logits = Count == 0 ? [] : _logits;
            _gate.Exit();
            return logits;
        }
    }

    /// <summary>Appends a token and returns the logits of the one after it, valid until the next call.</summary>
    /// <exception cref="ArgumentException">
    /// The token is not in the vocabulary, or it is padding; the sequence is unchanged.
    /// </exception>
    /// <exception cref="InvalidOperationException">The generator is in use, by another thread or further up the
    /// stack.</exception>
    public ReadOnlySpan<float> Append(int token)
    {
        EnterGate();
        try
        {
            AppendOne(token);
            return _logits;
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void AppendOne(int token)
    {
        if (token == _padding)
        {
            throw new ArgumentException(
                Invariant($"expected a token, got {token}, which stands for padding"), nameof(token));
        }

        if (Count == ContextLength)
        {
            Forget();
        }

        Step(token);
    }

    /// <summary>
    /// Appends tokens and returns the logits of the one after them, valid until the next call. Where there are more
    /// than the context holds, only the last are read.
    /// </summary>
    /// <exception cref="ArgumentException">There are no tokens, or one is not in the vocabulary; those before it have
    /// been appended.</exception>
    /// <exception cref="InvalidOperationException">The generator is in use, by another thread or further up the
    /// stack.</exception>
    public ReadOnlySpan<float> Append(ReadOnlySpan<int> tokens)
    {
        EnterGate();
        try
        {
            AppendAll(tokens);
            return _logits;
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void AppendAll(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty)
        {
            throw new ArgumentException("expected at least one token, got none", nameof(tokens));
        }

        if (ContextLength is { } length && tokens.Length >= length)
        {
            Reset();
            tokens = tokens[^length..];
        }

        foreach (int token in tokens)
        {
            AppendOne(token);
        }
    }

    /// <summary>Draws the next token, which is never padding, and appends it.</summary>
    /// <param name="sampler">What draws it.</param>
    /// <returns>The token.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no token yet that another could follow, or the generator is in use, by another thread or further up the
    /// stack.
    /// </exception>
    public int Next(TokenSampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        EnterGate();
        try
        {
            return AppendNext(sampler);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private int AppendNext(TokenSampler sampler)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException(
                "expected at least one token to continue, got none: append the prompt first");
        }

        int token = Draw(sampler);
        AppendOne(token);
        return token;
    }

    /// <summary>Appends a prompt and then draws and appends tokens one by one, as they are asked for.</summary>
    /// <param name="prompt">Tokens to append first; may be empty where there are tokens already.</param>
    /// <param name="count">The number of tokens to draw.</param>
    /// <param name="sampler">What draws them.</param>
    /// <exception cref="ArgumentException">There is nothing to continue, or a token is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public IEnumerable<int> Generate(ReadOnlySpan<int> prompt, int count, TokenSampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!prompt.IsEmpty || Count == 0)
        {
            Append(prompt);
        }

        return Draw();

        IEnumerable<int> Draw()
        {
            for (int i = 0; i < count; i++)
            {
                yield return Next(sampler);
            }
        }
    }

    /// <summary>Forgets all tokens.</summary>
    /// <exception cref="InvalidOperationException">The generator is in use, by another thread or further up the
    /// stack.</exception>
    public void Clear()
    {
        EnterGate();
        Reset();
        _gate.Exit();
    }

    private void EnterGate() => _gate.Enter("generator");

    private void Reset()
    {
        Count = 0;
        _memory.Span.Slice(ArenaStart, _keptFloats).Clear();
    }

    // Padding is no token to go on with, however likely.
    private int Draw(TokenSampler sampler)
    {
        if (_padding is not { } padding || padding >= _logits.Length)
        {
            return sampler.Sample(_logits);
        }

        float kept = _logits[padding];
        _logits[padding] = float.NegativeInfinity;
        int token = sampler.Sample(_logits);
        _logits[padding] = kept;
        return token;
    }

    private void Forget()
    {
        int kept = KeptWhenFull;
        _tokens.AsSpan(_tokens.Length - kept).CopyTo(_tokens);
        Reset();
        for (int i = 0; i < kept; i++)
        {
            Step(_tokens[i]);
        }
    }

    private void Step(int token)
    {
        ThreadMemory.Enter();
        try
        {
            Compute(token);
        }
        finally
        {
            ThreadMemory.Leave();
        }
    }

    // Within the gate, whose end keeps this object, its memory and the model alive: views do not.
    private void Compute(int token)
    {
        FloatSpan memory = _memory.FloatSpan;
        memory[0] = token;
        FloatSpan logits = _step(memory.Slice(0, 1), memory.Slice(ArenaStart, memory.Length - ArenaStart), Count);
        logits.AsSpan().CopyTo(_logits);
        if (_tokens.Length > 0)
        {
            _tokens[Count] = token;
        }

        Count++;
    }
}
