using Parameter = TorchSharp.Modules.Parameter;
using ModelDsl.TestModels;
using Benchmarks.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Benchmarks.ReferenceVectors;

/// <summary>The forward methods of the test models, written for libtorch.</summary>
internal static class MethodModules
{
    public static void Register()
    {
        TorchMethods.Add(typeof(TwoResolutions), TwoResolutions);
        TorchMethods.Add(typeof(LowRank), LowRank);
        TorchMethods.Add(typeof(ComputedWeights), ComputedWeights);
        TorchMethods.AddLoss(typeof(WeighedDistance), WeighedDistance);
        TorchMethods.Add(typeof(EncoderDecoder), EncoderDecoder);
        TorchMethods.Add(typeof(CrossAttentionOfTensors), CrossAttentionOfTensors);
        TorchMethods.Add(typeof(LearnedScale), LearnedScale);
        TorchMethods.Add(typeof(EveryOperation), EveryOperation);
        TorchMethods.Add(typeof(GruTranslator), GruTranslator);
        TorchMethods.Add(typeof(LstmTranslator), LstmTranslator);
        TorchMethods.Add(typeof(SimpleRnnStates), SimpleRnnStates);
        TorchMethods.AddLoss(typeof(Focal), Focal);
        TorchMethods.AddLoss(typeof(Distance), Distance);
        TorchMethods.AddLoss(typeof(Mixture), Mixture);
        TorchMethods.AddLoss(typeof(Spread), _ => (outputs, _) => 1 / (0.5 + outputs.var(1, unbiased: false)));
        TorchMethods.AddLoss(typeof(Dice), Dice);
        TorchMethods.AddLoss(typeof(LateSteps), LateSteps);
    }

    private static Func<Tensor, Tensor> CrossAttentionOfTensors(TorchMethodParameters parameters)
    {
        Func<Tensor, Tensor> encode = parameters.Dense("dense1", 3, 7), decode = parameters.Dense("dense2", 3, 4);
        Func<Tensor, Tensor, Tensor>[] layers = [Layer("decoderLayer1"), Layer("decoderLayer2")];
        Func<Tensor, Tensor, Tensor> last = parameters.CrossAttention("last", 4, 7, heads: 1, useBias: false);
        Func<Tensor, Tensor> project = parameters.Dense("dense3", 4, 2);
        parameters.GivesShape(2);
        return x =>
        {
            Tensor memory = encode(x.narrow(1, 0, 5)).tanh();
            Tensor y = layers.Aggregate(decode(x.narrow(1, 5, 3)), (y, layer) => layer(y, memory));
            return project(last(y, memory).select(1, 2));
        };

        Func<Tensor, Tensor, Tensor> Layer(string name)
        {
            Parameter weight = parameters.Add($"{name}.layerNorm1.weight", 4);
            Parameter bias = parameters.Add($"{name}.layerNorm1.bias", 4);
            Func<Tensor, Tensor, Tensor> attend = parameters.CrossAttention($"{name}.crossAttention1", 4, 7, heads: 2);
            return (x, memory) => x + attend(F.layer_norm(x, [4], weight, bias), memory);
        }
    }

    private static Func<Tensor, Tensor> LearnedScale(TorchMethodParameters parameters)
    {
        Parameter scale = parameters.Add("scale", 5);
        return x => scale.expand(x.shape[0], 5);
    }

    private static Func<Tensor, Tensor, Tensor> Focal(TorchMethodParameters parameters) => (logits, labels) =>
    {
        Tensor likely = logits.log_softmax(-1).gather(1, labels.reshape(-1, 1)).squeeze(1);
        return -((1 - likely.exp()).square() * likely);
    };

    private static Func<Tensor, Tensor, Tensor> Distance(TorchMethodParameters parameters)
    {
        Parameter weight = parameters.Add("weight", 1);
        return (outputs, targets) => ((outputs - targets).square().sum(1) + 0.5).sqrt() * weight;
    }

    private static Func<Tensor, Tensor, Tensor> WeighedDistance(TorchMethodParameters parameters)
    {
        Parameter logits = parameters.Add("logits", 4);
        return (outputs, targets) => ((outputs - targets).square() * (logits.softmax(0) + 0.1)).sum(1);
    }

    private static Func<Tensor, Tensor, Tensor> Mixture(TorchMethodParameters parameters) => (outputs, value) =>
    {
        Tensor weights = outputs.narrow(1, 0, 3).log_softmax(-1);
        Tensor means = outputs.narrow(1, 3, 3), deviations = outputs.narrow(1, 6, 3);
        return -(weights - (0.5 * ((value - means) / deviations.exp()).square()) - deviations).logsumexp(1);
    };

    private static Func<Tensor, Tensor, Tensor> Dice(TorchMethodParameters parameters) => (logits, labels) =>
    {
        Tensor probabilities = logits.softmax(-1);
        Tensor truth = F.one_hot(labels, 2).to(ScalarType.Float32).reshape(logits.shape);
        Tensor both = probabilities.sum([1, 2]) + truth.sum([1, 2]);
        return 1 - (2 * (probabilities * truth).sum([1, 2]) / (both + 1)).mean([1]);
    };

    private static Func<Tensor, Tensor, Tensor> LateSteps(TorchMethodParameters parameters) => (logits, labels) =>
    {
        Tensor steps = -logits.log_softmax(-1).gather(2, labels.reshape(logits.shape[0], -1, 1)).squeeze(2);
        return steps.flip(1).cumsum(1).mean([1]);
    };

    // Images are [batch, height, width, channels] outside and [batch, channels, height, width] within.
    private static Func<Tensor, Tensor> TwoResolutions(TorchMethodParameters parameters)
    {
        Parameter weight = parameters.Add("conv2D1.weight", 5, 3, 3, 2), bias = parameters.Add("conv2D1.bias", 5);
        Func<Tensor, Tensor> squeeze = parameters.Dense("squeezeAndExcite1.dense1", 5, 3);
        Func<Tensor, Tensor> excite = parameters.Dense("squeezeAndExcite1.dense2", 3, 5);
        Func<Tensor, Tensor> last = parameters.Dense("dense1", 10, 3);
        parameters.GivesShape(3);
        return image =>
        {
            Tensor fine =
                F.conv2d(image.permute(0, 3, 1, 2), weight.permute(0, 3, 1, 2), bias, padding: [1L, 1L]).tanh();
            Tensor coarse = F.avg_pool2d(fine, 2);
            Tensor gate = excite(squeeze(coarse.mean([2, 3])).relu()).sigmoid();
            coarse = coarse * gate.unsqueeze(2).unsqueeze(3);
            Tensor larger = coarse.repeat_interleave(2, dim: 2).repeat_interleave(2, dim: 3);
            Tensor merged = (fine + larger).clamp(-1, 1);
            return last(cat([merged.mean([2, 3]), coarse.mean([2, 3])], 1));
        };
    }

    private static Func<Tensor, Tensor> LowRank(TorchMethodParameters parameters)
    {
        Parameter down = parameters.Add("down", 7, 2), up = parameters.Add("up", 2, 7);
        Parameter scale = parameters.Add("scale", 1), shift = parameters.Add("shift", 7);
        return x => (x + (scale * x.matmul(down).matmul(up)) - shift) / (2 + (x.square() * shift));
    }

    private static Func<Tensor, Tensor> ComputedWeights(TorchMethodParameters parameters)
    {
        Parameter down = parameters.Add("down", 6, 2), up = parameters.Add("up", 2, 6);
        Parameter scale = parameters.Add("scale", 6), other = parameters.Add("other", 6);
        Parameter direction = parameters.Add("weightNormalized1.direction", 6, 6);
        Parameter length = parameters.Add("weightNormalized1.length", 6);
        Func<Tensor, Tensor> dense = parameters.Dense("dense1", 6, 6), last = parameters.Dense("dense2", 6, 3);
        parameters.GivesShape(3);
        return x =>
        {
            Tensor normal = x.matmul(length * direction / direction.square().sum(dim: 0).sqrt()).tanh();
            Tensor hidden = normal.matmul(down.matmul(up)).tanh();
            return last((dense(hidden) * (scale * other)) + scale.exp());
        };
    }

    private static Func<Tensor, Tensor> EncoderDecoder(TorchMethodParameters parameters)
    {
        Parameter mask = parameters.Add("mask", 3, 5);
        Func<Tensor, Tensor> encode = parameters.Dense("dense1", 4, 4);
        Func<Tensor, Tensor, Tensor>[] layers = [CrossAttend("crossAttend1"), CrossAttend("crossAttend2")];
        Func<Tensor, Tensor> last = parameters.Dense("dense2", 4, 3);
        parameters.GivesShape(3);
        return x =>
        {
            Tensor memory = encode(x.narrow(1, 0, 5)).tanh();
            Tensor y = x.narrow(1, 5, 3);
            foreach (Func<Tensor, Tensor, Tensor> layer in layers)
            {
                y = y + layer(y, memory);
            }

            return last(Attend(y, memory, memory, mask).select(1, 2));
        };

        Func<Tensor, Tensor, Tensor> CrossAttend(string name)
        {
            Parameter weight = parameters.Add($"{name}.layerNorm1.weight", 4), bias =
                parameters.Add($"{name}.layerNorm1.bias", 4);
            Func<Tensor, Tensor> queries = parameters.Dense($"{name}.dense1", 4, 4);
            Func<Tensor, Tensor> keys = parameters.Dense($"{name}.dense2", 4, 2);
            Func<Tensor, Tensor> values = parameters.Dense($"{name}.dense3", 4, 2);
            Func<Tensor, Tensor> project = parameters.Dense($"{name}.dense4", 4, 4);
            return (x, memory) =>
            {
                // Two heads of queries with one of keys and values.
                Tensor normal = queries(F.layer_norm(x, [4], weight, bias));
                Tensor key = keys(memory), value = values(memory);
                return project(
                    cat([Attend(normal.narrow(2, 0, 2), key, value), Attend(normal.narrow(2, 2, 2), key, value)], 2));
            };
        }
    }

    private static Func<Tensor, Tensor> GruTranslator(TorchMethodParameters parameters)
    {
        Func<Tensor, Tensor?, (Tensor, Tensor)> encode = parameters.Gru("gru1", 3, 5);
        Func<Tensor, Tensor> between = parameters.Dense("dense1", 3, 4);
        Func<Tensor, Tensor?, (Tensor, Tensor)> decode = parameters.Gru("gru2", 4, 5);
        Func<Tensor, Tensor> last = parameters.Dense("dense2", 5, 2);
        parameters.GivesShape(3, 2);
        return x =>
        {
            (_, Tensor state) = encode(x.narrow(1, 0, 4), null);
            (Tensor decoded, _) = decode(between(x.narrow(1, 4, 3)), state);
            return last(decoded);
        };
    }

    private static Func<Tensor, Tensor> LstmTranslator(TorchMethodParameters parameters)
    {
        Func<Tensor, (Tensor, Tensor)?, (Tensor, (Tensor, Tensor))> encode = parameters.Lstm("lstm1", 3, 5);
        Func<Tensor, Tensor> between = parameters.Dense("dense1", 3, 4);
        Func<Tensor, (Tensor, Tensor)?, (Tensor, (Tensor, Tensor))> decode = parameters.Lstm("lstm2", 4, 5);
        Func<Tensor, Tensor> last = parameters.Dense("dense2", 5, 2);
        parameters.GivesShape(3, 2);
        return x =>
        {
            (_, (Tensor, Tensor) state) = encode(x.narrow(1, 0, 4), null);
            (Tensor decoded, _) = decode(between(x.narrow(1, 4, 3)), state);
            return last(decoded);
        };
    }

    // The second one reads from the last step to the first.
    private static Func<Tensor, Tensor> SimpleRnnStates(TorchMethodParameters parameters)
    {
        Parameter start = parameters.Add("start", 18);
        Func<Tensor, Tensor?, (Tensor, Tensor)> forwards =
            parameters.SimpleRnn("simpleRnn1", 3, 18, RecurrentActivation.Relu);
        Func<Tensor, Tensor?, (Tensor, Tensor)> backwards =
            parameters.SimpleRnn("simpleRnn2", 18, 18, RecurrentActivation.Tanh);
        Func<Tensor, Tensor> last = parameters.Dense("dense1", 36, 2);
        parameters.GivesShape(2);
        return x =>
        {
            (Tensor y, Tensor state) = forwards(x, start.expand(x.shape[0], 18).contiguous());
            (y, state) = backwards(y.narrow(1, 0, 3).flip(1), state);
            return last(cat([y.mean([1]), state], 1));
        };
    }

    private static Tensor Attend(Tensor queries, Tensor keys, Tensor values, Tensor? mask = null)
    {
        Tensor scores = queries.matmul(keys.transpose(1, 2)) / Math.Sqrt(queries.shape[2]);
        return (mask is null ? scores : scores + mask).softmax(2).matmul(values);
    }

    private static Func<Tensor, Tensor> EveryOperation(TorchMethodParameters parameters)
    {
        Parameter gain = parameters.Add("gain", 6), weight = parameters.Add("weight", 4, 6);
        Func<Tensor, Tensor> pixels = parameters.Dense("dense1", 6, 2), last = parameters.Dense("dense2", 24, 3);
        parameters.GivesShape(3);
        return x =>
        {
            Tensor normal = Normalised(x) * gain;
            Tensor positive = normal.abs().pow(1.5) + (0.1 * normal.square()) + normal.exp().log() - (-normal).sign()
                + 2;
            Tensor waves = (normal.sin() * normal.cos()) + positive.reciprocal() + (2 - normal) + (1 / positive);
            Tensor chosen = where(normal > 0, waves, 0.1 * waves) + where(normal <= waves, normal, gain);
            Tensor compared = ((Float(normal < waves) + Float(normal >= 0) + Float(normal < 0.5)
                + Float(waves <= 1)) * waves) + weight;
            Tensor powered = positive.pow(waves).maximum(waves).minimum(positive + 1) + waves.exp().pow(normal);
            Tensor half = full_like(normal, 0.5);
            powered = where(normal > 1, half, powered) - where(normal < -1, powered, half);
            return last(cat([.. Parts(x, chosen, compared, powered)], 1).tanh());
        };

        IEnumerable<Tensor> Parts(Tensor x, Tensor chosen, Tensor compared, Tensor powered)
        {
            Tensor turned = chosen.transpose(1, 2).matmul(weight).softmax(1).log_softmax(2).cumsum(1);

            // Exclusive and from the end: what comes behind.
            turned = turned.flip(2).cumsum(2).flip(2) - turned;
            Tensor tiled = turned.repeat(1, 1, 2).slice(2, 1, 11, 2);
            tiled = cat([tiled.narrow(1, 1, 1), tiled], 1);
            tiled = cat([tiled, tiled.narrow(2, 3, 1), tiled.narrow(2, 2, 1)], 2);
            Tensor bordered = cat([tiled, tiled.narrow(1, tiled.shape[1] - 1, 1)], 1);
            bordered = cat([bordered.narrow(2, 0, 1), bordered], 2);
            bordered = F.pad(bordered, [0, 1], value: 0.5);
            Tensor gathered = bordered.index_select(2, tensor(new long[] { 2, 0, 2 }));
            Tensor stacked = stack([compared, powered], 2).reshape(-1, 8, 6);
            Tensor products = stacked.matmul(stacked.transpose(1, 2));
            Tensor left = products.narrow(2, 0, 4), right = products.narrow(2, 4, 4);
            yield return gathered.sum(1);
            yield return gathered.amax(1);
            yield return gathered.amin(1);
            yield return left.square().sum(2).sqrt();
            yield return right.logsumexp(1);
            yield return (left * right).amax([1, 2]).unsqueeze(1).tanh();
            yield return pixels(x).tanh().mean([1]);
        }
    }

    private static Tensor Normalised(Tensor x)
    {
        Tensor centred = x - x.mean([2], keepdim: true);
        return centred / (centred.square().mean([2], keepdim: true) + 1e-3).sqrt();
    }

    private static Tensor Float(Tensor condition) => condition.to(ScalarType.Float32);
}
