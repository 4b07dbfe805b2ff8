using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>
/// Draws the next token from a model's logits: softmax(logits / temperature), of which only the likeliest tokens are
/// kept.
/// </summary>
/// <remarks>The same seed draws the same tokens. Allocates nothing after the first draw. Serves one caller at a
/// time.</remarks>
public sealed class TokenSampler
{
    private readonly Philox _random;
    private float[] _probabilities = [];
    private int[] _order = [];
    private CallerGate _gate;

    // Kept, so that sorting allocates no delegate.
    private readonly Comparison<int> _likelierFirst;

    /// <summary>Creates a sampler whose draws depend on the seed alone.</summary>
    public TokenSampler(ulong seed = 0)
    {
        _random = new Philox(seed, RandomStreams.Sampling);
        _likelierFirst = CompareLikelihood;
    }

    /// <summary>
    /// Below 1, likely tokens become likelier still; above 1, all become more equally likely; 0 always takes the
    /// likeliest. Default: 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float Temperature
    {
        get;
        init => field = value >= 0f && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Temperature), Invariant($"expected a finite value of at least 0, got {value}"));
    } = 1f;

    /// <summary>The number of tokens that are drawn from, the likeliest ones; null for all. Default: null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int? TopK
    {
        get;
        init
        {
            if (value is { } count)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(TopK));
            }

            field = value;
        }
    }

    /// <summary>
    /// The tokens that are drawn from are the fewest whose probabilities add up to this much, in (0, 1]. Default: 1.
    /// Holtzman et al. (2019).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float TopP
    {
        get;
        init => field = value is > 0f and <= 1f
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(TopP), Invariant($"expected a probability above 0 and up to 1, got {value}"));
    } = 1f;

    /// <summary>Draws a token.</summary>
    /// <param name="logits">One number for each token of the vocabulary.</param>
    /// <returns>The token: an index into the logits.</returns>
    /// <exception cref="ArgumentException">There are no logits, or one is not a number.</exception>
    /// <exception cref="InvalidOperationException">Another thread is drawing.</exception>
    public int Sample(ReadOnlySpan<float> logits)
    {
        _gate.Enter("sampler");
        try
        {
            return SampleOne(logits);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private int SampleOne(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty)
        {
            throw new ArgumentException("expected one logit for each token, got none", nameof(logits));
        }

        int likeliest = TensorPrimitives.IndexOfMax(logits);
        if (float.IsNaN(logits[likeliest]))
        {
            throw new ArgumentException($"expected numbers, got NaN as logit of token {likeliest}", nameof(logits));
        }

        return Temperature == 0f ? likeliest : Draw(logits, logits[likeliest]);
    }

    private int Draw(ReadOnlySpan<float> logits, float largest)
    {
        if (_order.Length != logits.Length)
        {
            (_probabilities, _order) = (new float[logits.Length], new int[logits.Length]);
        }

        double total = 0;
        for (int token = 0; token < logits.Length; token++)
        {
            _order[token] = token;

            // Equal to the largest is not nearer to it than 0 where both are infinite.
            float distance = logits[token] == largest ? 0f : logits[token] - largest;
            _probabilities[token] = MathF.Exp(distance / Temperature);
            total += _probabilities[token];
        }

        _order.AsSpan().Sort(_likelierFirst);
        int kept = 0;
        double sum = 0;
        int most = Math.Min(TopK ?? logits.Length, logits.Length);
        while (kept < most && (kept == 0 || (sum < TopP * total && _probabilities[_order[kept]] > 0f)))
        {
            sum += _probabilities[_order[kept++]];
        }

        double rest = _random.NextSingle() * sum;
        int chosen = 0;
        while (chosen < kept - 1 && rest >= _probabilities[_order[chosen]])
        {
            rest -= _probabilities[_order[chosen++]];
        }

        return _order[chosen];
    }

    /// <summary>Equally likely tokens stand in their own order, so that the result is the same everywhere.</summary>
    private int CompareLikelihood(int left, int right)
    {
        int byProbability = _probabilities[right].CompareTo(_probabilities[left]);
        return byProbability != 0 ? byProbability : left.CompareTo(right);
    }
}
