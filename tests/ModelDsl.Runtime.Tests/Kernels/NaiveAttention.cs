namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Attention by its definition, in double precision.</summary>
internal static class NaiveAttention
{
    /// <summary>
    /// softmax(Q·Kᵀ / √size)·V of every head: [batch·steps, heads·size]. Keys whose mask [batch, steps] is not 0 are not seen.
    /// </summary>
    public static double[] Forward(
        FloatSpan qkv, int batch, int steps, int heads, int size, bool causal, FloatSpan mask = default)
    {
        int width = heads * size;
        double[] result = new double[batch * steps * width];
        for (int sample = 0; sample < batch; sample++)
        {
            for (int step = 0; step < steps; step++)
            {
                for (int head = 0; head < heads; head++)
                {
                    Attend(sample, step, head);
                }
            }
        }

        return result;

        void Attend(int sample, int step, int head)
        {
            double At(int part, int other, int i) => qkv[(((sample * steps) + other) * 3 * width) + (part * width) + (head * size) + i];
            int[] seen = [.. Enumerable.Range(0, causal ? step + 1 : steps)
                .Where(other => mask.IsEmpty || mask[(sample * steps) + other] == 0f)];
            double[] scores = [.. seen.Select(other =>
                Enumerable.Range(0, size).Sum(i => At(0, step, i) * At(1, other, i)) / Math.Sqrt(size))];
            double largest = scores.DefaultIfEmpty(0).Max();
            double[] powers = [.. scores.Select(score => Math.Exp(score - largest))];
            double sum = powers.Sum();
            for (int i = 0; i < size; i++)
            {
                result[(((sample * steps) + step) * width) + (head * size) + i] =
                    powers.Select((power, number) => power / sum * At(2, seen[number], i)).Sum();
            }
        }
    }

    /// <summary>The gradients of queries, keys and values: [batch·steps, 3·heads·size].</summary>
    public static double[] Backward(
        FloatSpan qkv, FloatSpan gradient, int batch, int steps, int heads, int size, bool causal,
        FloatSpan mask = default)
    {
        int width = heads * size;
        double[] result = new double[3 * batch * steps * width];
        double scale = 1 / Math.Sqrt(size);
        for (int row = 0; row < batch * steps; row++)
        {
            for (int head = 0; head < heads; head++)
            {
                Differentiate(row, head * size);
            }
        }

        return result;

        void Differentiate(int row, int first)
        {
            int start = row / steps * steps;
            int Place(int part, int other, int i) => (other * 3 * width) + (part * width) + first + i;
            int[] seen = [.. Enumerable.Range(start, causal ? row - start + 1 : steps)
                .Where(other => mask.IsEmpty || mask[other] == 0f)];
            double[] scores = [.. seen.Select(other => scale *
                Enumerable.Range(0, size).Sum(i => (double)qkv[Place(0, row, i)] * qkv[Place(1, other, i)]))];
            double largest = scores.DefaultIfEmpty(0).Max();
            double[] powers = [.. scores.Select(score => Math.Exp(score - largest))];
            double[] shares = [.. powers.Select(power => power / powers.Sum())];
            double Slope(int i) => gradient[(row * width) + first + i];
            double[] slopes =
                [.. seen.Select(other => Enumerable.Range(0, size).Sum(i => Slope(i) * qkv[Place(2, other, i)]))];
            double mean = shares.Zip(slopes, (share, slope) => share * slope).Sum();
            for (int number = 0; number < seen.Length; number++)
            {
                double step = shares[number] * (slopes[number] - mean) * scale;
                for (int i = 0; i < size; i++)
                {
                    result[Place(0, row, i)] += step * qkv[Place(1, seen[number], i)];
                    result[Place(1, seen[number], i)] += step * qkv[Place(0, row, i)];
                    result[Place(2, seen[number], i)] += shares[number] * Slope(i);
                }
            }
        }
    }
}
